using AspireDeploy.Model;
using AspireDeploy.Targets;
using AspireDeploy.Targets.Shared;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.Deploying;

/// <summary>
/// Describes what a person supplies by the AppHost's configuration instead of by hand: secrets become files of mode 0600 in the target's
/// folder, parameters settings in its file. What is there already stays. A secret that is made at random isn't taken from here: this
/// machine's own is none for a deployment.
/// </summary>
internal sealed class SuppliedValues(IConfiguration configuration)
{
    /// <summary>Puts them into a target's folder.</summary>
    /// <returns>What is still missing and can't be asked for, each with how to supply it.</returns>
    internal IReadOnlyList<string> Supply(string folder, DeploymentPlan plan, ScriptedDeployment deployment)
    {
        var missing = new List<string>();
        foreach (var secret in plan.Secrets.Where(static secret => secret.Generation is null))
        {
            var file = Path.Combine(folder, "secrets", secret.Name);
            if (File.Exists(file))
                continue;
            if (Value(secret.Name) is { } value)
                WritePrivate(file, value);
            else
                missing.Add(
                    $"the secret {secret.Name}{(secret.Description.Length > 0 ? $" ({secret.Description})" : "")}: set "
                        + $"{Key(secret.Name)}, or put it into {file}"
                );
        }
        var settings = Path.Combine(folder, deployment.Settings);
        foreach (var parameter in plan.Parameters.Where(static parameter => parameter.Default is null))
        {
            var name = Setting.NameFor(parameter.Name);
            if (EditedSettings.Get(File.ReadAllText(settings), name, deployment.SettingsAreQuoted) is { Length: > 0 })
                continue;
            if (Value(parameter.Name) is { } value)
                File.WriteAllText(settings, EditedSettings.Set(File.ReadAllText(settings), name, value, deployment.SettingsAreQuoted));
            else
                missing.Add($"the parameter {parameter.Name}: set {Key(parameter.Name)}, or {name} in {settings}");
        }
        return missing;
    }

    private string? Value(string name) =>
        (configuration[$"Parameters:{name}"] ?? configuration.GetConnectionString(name)) is { Length: > 0 } value ? value : null;

    private static string Key(string name) => $"Parameters__{name}";

    private static void WritePrivate(string path, string value)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(value);
    }
}
