using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>
/// The names that volumes have in a deployment. Two volumes of the declaration never become one: sharing is declared, by the same name for
/// both. Which of two would be renamed can't be chosen for a person either, as a volume under another name is empty.
/// </summary>
internal sealed partial class VolumeNames(List<PlanError> errors)
{
    // Names differ in more than capitals on every target. What is a volume's own: its name in the declaration, or the place where one
    // without a name is mounted.
    private readonly Dictionary<string, (object Volume, string Place)> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns a mounted volume's name.</summary>
    internal string Of(IResource resource, ContainerMountAnnotation mount)
    {
        var name = NameOf(resource, mount);
        if (!Name().IsMatch(name))
            errors.Add(
                new(
                    $"{resource.Name}.mounts.{mount.Target}",
                    $"\"{name}\" is not a name for a volume: letters, digits, _, . and -, a letter or digit first; "
                        + $"give it another: WithVolume(\"NAME\", \"{mount.Target}\") or WithDataVolume(\"NAME\"), or mount a "
                        + "folder of the solution with WithBindMount"
                )
            );
        object volume = string.IsNullOrEmpty(mount.Source) ? (resource, mount.Target) : mount.Source;
        var place = $"{resource.Name}'s at {mount.Target}";
        if (!_taken.TryAdd(name, (volume, place)) && _taken[name] is var other && !other.Volume.Equals(volume))
            errors.Add(
                new(
                    $"{resource.Name}.mounts.{mount.Target}",
                    $"is a volume that would be called {name}, as {other.Place} is, and its data would be mixed with that; give it "
                        + $"a name of its own: WithVolume(\"NAME\", \"{mount.Target}\") or WithDataVolume(\"NAME\")"
                )
            );
        return name;
    }

    // A generated name begins with the AppHost's name and a hash that tells AppHosts on one machine apart. A deployment has a name of its
    // own in front of its volumes.
    private static string NameOf(IResource resource, ContainerMountAnnotation mount)
    {
        if (string.IsNullOrEmpty(mount.Source))
            return $"{resource.Name}{NoLetters().Replace(mount.Target.ToLowerInvariant(), "-").TrimEnd('-')}";
        var generated = GeneratedPrefix().Match(mount.Source);
        return generated.Success && mount.Source.AsSpan(generated.Length).StartsWith(resource.Name + "-", StringComparison.Ordinal)
            ? mount.Source[generated.Length..]
            : mount.Source;
    }

    // Docker's own rule.
    [GeneratedRegex(@"\A[a-zA-Z0-9][a-zA-Z0-9_.-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[a-z0-9_.-]+-[0-9a-f]{10}-", RegexOptions.CultureInvariant)]
    private static partial Regex GeneratedPrefix();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex NoLetters();
}
