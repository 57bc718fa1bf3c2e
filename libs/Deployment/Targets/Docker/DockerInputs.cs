using AspireDeploy.Plan;

namespace AspireDeploy.Targets.Docker;

/// <summary>What a person supplies before a deployment on Docker.</summary>
internal static class DockerInputs
{
    internal static EquatableArray<RequiredInput> Of(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var settings = DockerSettings.Of(plan).Select(static setting => new RequiredInput(setting.Name, "`.env`", $"{setting.Description} {(setting.Default is null ? "Nothing starts without it." : $"`{setting.Default}` if not set.")}", setting.Default is null));
        var secrets = plan.Secrets.Select(static secret => secret.Generation is null
            ? new RequiredInput($"secrets/{secret.Name}", "a file of mode 0600", secret.Description.Length > 0 ? secret.Description : "a secret value", true)
            : new RequiredInput($"secrets/{secret.Name}", "a file of mode 0600", "`./secrets.sh` makes it; keep a copy", false));
        return settings.Concat(secrets).ToEquatableArray();
    }
}
