using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using AspireDeploy.Model;
using Mono.Cecil;

namespace AspireDeploy.Tests.House;

/// <summary>Something of the library that uses something else of it.</summary>
/// <param name="From">The folder of what uses: <c>Targets/Compose</c>.</param>
/// <param name="To">The folder of what is used.</param>
/// <param name="Types">The two types: <c>ComposeFile → DockerNetworks</c>.</param>
internal sealed record Use(string From, string To, string Types);

/// <summary>The library's types: in which folder each is, and which others each uses, as the compiled assembly says.</summary>
internal static partial class LibraryTypes
{
    /// <summary>Gets the library's folder.</summary>
    internal static string Root { get; } =
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "libs", "AspireDeploy.Hosting"));

    /// <summary>
    /// Gets every type that is declared in a file by itself, by its full name without type parameters, with its folder and its file's
    /// namespace.
    /// </summary>
    internal static IReadOnlyDictionary<string, string> Folders { get; } =
        Sources()
            .SelectMany(static source => source.Types.Select(type => (Name: $"{source.Namespace}.{type}", source.Folder)))
            .DistinctBy(static type => type.Name)
            .ToDictionary(static type => type.Name, static type => type.Folder, StringComparer.Ordinal);

    /// <summary>Gets every use of one folder's types by another's.</summary>
    internal static IReadOnlyList<Use> Uses { get; } = [.. FindUses()];

    /// <summary>Returns the library's source files: their folder, their namespace and the types that each declares.</summary>
    internal static IEnumerable<(string Folder, string Namespace, IReadOnlyList<string> Types)> Sources()
    {
        foreach (var file in Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(Root, file).Replace('\\', '/');
            if (path.StartsWith("bin/", StringComparison.Ordinal) || path.StartsWith("obj/", StringComparison.Ordinal))
                continue;
            var text = File.ReadAllText(file);
            if (Namespace().Match(text) is not { Success: true } match)
                continue;
            yield return (
                Path.GetDirectoryName(path)!.Replace('\\', '/'),
                match.Groups[1].Value,
                [.. Declaration().Matches(text).Select(static each => each.Groups[1].Value)]
            );
        }
    }

    /// <summary>Returns the assemblies whose types a folder's types use.</summary>
    internal static IReadOnlySet<string> Outside(string folder)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(DeploymentPlan).Assembly.Location);
        return assembly
            .MainModule.Types.Where(type => FolderOf(type) == folder)
            .SelectMany(Within)
            .SelectMany(UsedBy)
            .Select(static used => used.Scope?.Name)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
    }

    private static IEnumerable<Use> FindUses()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(DeploymentPlan).Assembly.Location);
        var uses = new HashSet<Use>();
        foreach (var type in assembly.MainModule.Types)
        {
            if (FolderOf(type) is not { } from)
                continue;
            foreach (var used in Within(type).SelectMany(UsedBy))
            {
                if (FolderOf(used) is { } to && to != from)
                    uses.Add(new(from, to, $"{NameOf(type)} → {NameOf(used)}"));
            }
        }
        return uses.OrderBy(static use => use.From, StringComparer.Ordinal)
            .ThenBy(static use => use.To, StringComparer.Ordinal)
            .ThenBy(static use => use.Types, StringComparer.Ordinal);
    }

    private static string? FolderOf(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return Folders.GetValueOrDefault($"{type.Namespace}.{NameOf(type)}");
    }

    private static string NameOf(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type.Name.Split('`')[0];
    }

    // With what the compiler makes of lambdas and async methods.
    private static IEnumerable<TypeDefinition> Within(TypeDefinition type) => type.NestedTypes.SelectMany(Within).Prepend(type);

    private static IEnumerable<TypeReference> UsedBy(TypeDefinition type)
    {
        List<TypeReference?> used =
        [
            type.BaseType,
            .. type.Interfaces.Select(static each => each.InterfaceType),
            .. type.Fields.Select(static field => field.FieldType),
            .. Attributes(type),
        ];
        foreach (var method in type.Methods)
        {
            used.AddRange([
                method.ReturnType,
                .. method.Parameters.Select(static parameter => parameter.ParameterType),
                .. Attributes(method),
            ]);
            used.AddRange(
                method
                    .GenericParameters.SelectMany(static parameter => parameter.Constraints)
                    .Select(static constraint => constraint.ConstraintType)
            );
            if (!method.HasBody)
                continue;
            used.AddRange(method.Body.Variables.Select(static variable => variable.VariableType));
            foreach (var instruction in method.Body.Instructions)
            {
                used.AddRange(
                    instruction.Operand switch
                    {
                        TypeReference named => [named],
                        GenericInstanceMethod generic => [generic.DeclaringType, generic.ReturnType, .. generic.GenericArguments],
                        MethodReference called => [called.DeclaringType, called.ReturnType],
                        FieldReference field => [field.DeclaringType, field.FieldType],
                        _ => (TypeReference?[])[],
                    }
                );
            }
        }
        return used.OfType<TypeReference>().SelectMany(Parts);
    }

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.Select(static attribute => attribute.AttributeType);

    // A list of plans is a list, and plans.
    private static IEnumerable<TypeReference> Parts(TypeReference type) =>
        type switch
        {
            GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Prepend(generic.ElementType),
            TypeSpecification wrapped => Parts(wrapped.ElementType),
            _ => [type],
        };

    private static string Here([CallerFilePath] string here = "") => here;

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"^(?:public |internal |static |sealed |abstract |partial |readonly )*(?:class|record struct|record|struct|interface|enum|delegate [\w<>?,. ]+) (\w+)",
        RegexOptions.Multiline | RegexOptions.CultureInvariant
    )]
    private static partial Regex Declaration();
}
