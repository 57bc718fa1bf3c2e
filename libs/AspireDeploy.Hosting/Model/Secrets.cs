namespace AspireDeploy.Model;

/// <summary>A secret file as a container sees it, and what it is for.</summary>
/// <param name="Name">A name for the file's content, unique in the plan and the same on every run: the secret's own, or one made of
/// workload and file for a composed value.</param>
/// <param name="Path">The absolute path in the container.</param>
/// <param name="Content">What is in it.</param>
/// <param name="Variable">The environment variable that must hold <paramref name="Path"/>; null: none.</param>
internal sealed record MountedSecret(string Name, string Path, Template Content, string? Variable);

/// <summary>Describes which secret files a workload is given, for targets that mount files.</summary>
internal static class Secrets
{
    /// <summary>Gets where they are mounted unless a path is declared.</summary>
    public const string Directory = "/run/secrets";

    /// <summary>
    /// Returns the workload's secret files, by path: those declared, and one for each environment variable that holds a secret and can be
    /// delivered as a file. Variables that can't are in <see cref="UndeliverableOf"/>.
    /// </summary>
    public static EquatableArray<MountedSecret> FilesOf(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        var files = new List<MountedSecret>();
        foreach (var file in workload.SecretFiles)
            files.Add(new(NameOf(workload, file.Path[(file.Path.LastIndexOf('/') + 1)..], file.Content), file.Path, file.Content, null));
        foreach (var variable in workload.Environment)
        {
            if (!variable.HoldsSecret)
                continue;
            if (variable.SecretAs is FileNamedAsSetting)
                files.Add(new(NameOf(workload, variable.Name, variable.Value), $"{Directory}/{variable.Name}", variable.Value, null));
            if (variable.SecretAs is FileNamedByVariable named)
            {
                var name = NameOf(workload, variable.Name, variable.Value);
                files.Add(new(name, $"{Directory}/{name}", variable.Value, named.Variable));
            }
        }
        return files.OrderBy(static file => file.Path, StringComparer.Ordinal).ToEquatableArray();
    }

    /// <summary>Returns the environment variables that hold a secret and can be nothing but environment variables, in order.</summary>
    public static EquatableArray<EnvironmentVariable> UndeliverableOf(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        return workload.Environment.Where(static variable => variable.HoldsSecret && variable.SecretAs is null).ToEquatableArray();
    }

    /// <summary>
    /// Returns the workload for a target whose secret files others than their owner may read: the variables of an image that takes no such
    /// file are environment variables.
    /// </summary>
    public static Workload InPlaceOfPrivateFiles(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        return PrivateVariablesOf(workload) is { IsEmpty: true }
            ? workload
            : workload with
            {
                Environment = workload
                    .Environment.Select(variable =>
                        variable.SecretAs is FileNamedByVariable && PrivateVariablesOf(workload).Contains(variable.Name)
                            ? variable with
                            {
                                SecretAs = null,
                            }
                            : variable
                    )
                    .ToEquatableArray(),
            };
    }

    /// <summary>Returns why the variables of <see cref="UndeliverableOf"/> are no files, as the end of a sentence.</summary>
    public static string WhyUndeliverable(Workload workload) =>
        UndeliverableOf(workload).All(variable => PrivateVariablesOf(workload).Contains(variable.Name))
            ? "since its image takes no file that others than its owner may read"
            : "since nothing takes it from a file";

    private static EquatableArray<string> PrivateVariablesOf(Workload workload) =>
        workload.Image is ImageReference image && WellKnownImages.Find(image) is { TakesPrivateFilesOnly: true } known
            ? known.FileVariables.Select(static each => each.Variable).ToEquatableArray()
            : [];

    /// <summary>Returns the names of the plan's secrets that a workload's values refer to, in order.</summary>
    public static EquatableArray<string> NamesOf(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        return workload
            .Environment.Select(static variable => variable.Value)
            .Concat(workload.SecretFiles.Select(static file => file.Content))
            .SelectMany(static value => value.Parts.OfType<SecretReference>())
            .Select(static reference => reference.Secret)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToEquatableArray();
    }

    // A secret alone keeps its own name, however many read it; a composed value belongs to the workload it is composed for.
    private static string NameOf(Workload workload, string file, Template content) => content.AsSecret ?? $"{workload.Name}-{Label(file)}";

    // ConnectionStrings__catalog becomes connectionstrings-catalog.
    private static string Label(string file)
    {
        var label = new System.Text.StringBuilder(file.Length);
        foreach (var letter in file)
        {
            if (char.IsAsciiLetterOrDigit(letter))
                label.Append(char.ToLowerInvariant(letter));
            else if (label.Length > 0 && label[^1] != '-')
                label.Append('-');
        }
        return label.ToString().TrimEnd('-');
    }
}
