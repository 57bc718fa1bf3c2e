using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>
/// What the resources of a manifest refer to, so that everything they name is written too: resources that are not in the model, such as generated
/// passwords; parameters in another form, such as escaped for a URI; and expressions that depend on a condition.
/// </summary>
internal sealed class ManifestReferences
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IResource> _resources = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<ParameterResource, Dictionary<string, string>> _formats = [];
    private readonly Dictionary<string, ReferenceExpression> _conditionals = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<object> _path = [];

    /// <summary>The resources that something refers to, in the order of the first reference.</summary>
    public IReadOnlyCollection<IResource> Resources => _resources.Values;

    /// <summary>The conditional expressions that something refers to, by what the manifest calls them.</summary>
    public IReadOnlyDictionary<string, ReferenceExpression> Conditionals => _conditionals;

    /// <summary>The parameters that are written in other forms and weren't taken yet.</summary>
    public IReadOnlyCollection<ParameterResource> FormattedParameters => [.. _formats.Keys];

    /// <summary>Keeps a name for a resource of the model.</summary>
    public void Reserve(string name) => _names.Add(name);

    /// <summary>Notes what a value refers to.</summary>
    public void Add(object? value)
    {
        if (value is ReferenceExpression expression)
        {
            Note(expression);
        }

        if (value is IResource resource)
        {
            if (_resources.TryAdd(resource.Name, resource))
            {
                Reserve(resource.Name);
            }
        }
        else if (value is IValueWithReferences values && _path.Add(value))
        {
            foreach (var reference in values.References)
            {
                Add(reference);
            }

            _path.Remove(value);
        }
    }

    /// <summary>How the manifest writes an expression. A parameter in another form is written as a reference to an <c>annotated.string</c>, however deep it stands.</summary>
    public string Text(ReferenceExpression expression)
    {
        if (expression.IsConditional)
        {
            return expression.ValueExpression;
        }

        var texts = expression.ValueProviders.Select((value, i) => (value, expression.StringFormats[i]) switch
        {
            (ParameterResource parameter, { Length: > 0 } format) => $"{{{FormatName(parameter, format)}.value}}",
            (ReferenceExpression inner, _) => Text(inner),
            _ => expression.ManifestExpressions[i],
        });
        return string.Format(CultureInfo.InvariantCulture, expression.Format, [.. texts]);
    }

    /// <summary>The other forms of a parameter, each by what the manifest calls it; they are not given again.</summary>
    public IReadOnlyDictionary<string, string> TakeFormats(ParameterResource parameter)
    {
        _formats.Remove(parameter, out var formats);
        return formats is null ? new Dictionary<string, string>() : formats.ToDictionary(f => f.Value, f => f.Key);
    }

    private void Note(ReferenceExpression expression)
    {
        if (expression.ConditionalName is { } name)
        {
            _conditionals.TryAdd(name, expression);
            Reserve(name);
        }
        else
        {
            _ = Text(expression);
        }
    }

    private string FormatName(ParameterResource parameter, string format)
    {
        if (!_formats.TryGetValue(parameter, out var formats))
        {
            formats = _formats[parameter] = new(StringComparer.Ordinal);
        }

        if (!formats.TryGetValue(format, out var name))
        {
            name = formats[format] = FreeName($"{parameter.Name}-{Word(format)}-encoded");
        }

        return name;
    }

    private string FreeName(string wanted)
    {
        var name = wanted;
        for (var i = 1; !_names.Add(name); i++)
        {
            name = $"{wanted}-{i.ToString(CultureInfo.InvariantCulture)}";
        }

        return name;
    }

    private static string Word(string format)
    {
        var words = new string([.. format.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? "formatted" : string.Join('-', words);
    }
}
