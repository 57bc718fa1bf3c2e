using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>
/// Collects what is found while a declaration is read: mistakes, what falls short of the declaration, and what isn't deployed.
/// </summary>
/// <param name="errors">The mistakes, which are added to.</param>
internal sealed class Findings(List<PlanError> errors)
{
    private readonly List<(string Resource, Shortfall Shortfall)> _shortfalls = [];
    private readonly SortedDictionary<string, LeftOut> _leftOut = new(StringComparer.Ordinal);

    /// <summary>Gets the mistakes: what can't be deployed to any target.</summary>
    internal List<PlanError> Errors { get; } = errors;

    /// <summary>Gets what isn't deployed, by name.</summary>
    internal EquatableArray<LeftOut> LeftOut => _leftOut.Values.ToEquatableArray();

    /// <summary>Returns what falls short of a resource's declaration.</summary>
    internal EquatableArray<Shortfall> Of(IResource resource) =>
        _shortfalls.Where(each => each.Resource == resource.Name).Select(static each => each.Shortfall).ToEquatableArray();

    /// <summary>Adds something that is carried with less than was declared.</summary>
    internal void Weaken(IResource resource, Concept concept, string declared, string what, string remedy) =>
        _shortfalls.Add((resource.Name, new(concept, declared, what, remedy)));

    /// <summary>Adds something that can't be carried: targets are refused unless this loss is allowed by name.</summary>
    internal void Lose(IResource resource, Concept concept, string declared, string what, string remedy) =>
        _shortfalls.Add((resource.Name, new(concept, declared, what, remedy, IsLost: true)));

    /// <summary>Adds a resource, or something of one, that isn't deployed.</summary>
    internal void LeaveOut(string name, string why, string remedy = "") => _leftOut[name] = new(name, why, remedy);
}
