using System.Text.RegularExpressions;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Azure;

/// <summary>Describes what must hold of a sound plan for Azure Container Apps alone.</summary>
internal static partial class AzureChecks
{
    private const int MostReplicas = 1000;

    // https://learn.microsoft.com/azure/postgresql/configure-maintain/concepts-supported-versions
    private static readonly string[] Versions = ["14", "15", "16", "17", "18"];

    internal static IReadOnlyList<PlanError> Check(DeploymentPlan plan, AzureContainerAppsOptions options)
    {
        var errors = new List<PlanError>();
        if (options.Registry is { } registry)
            errors.Add(
                new(
                    $"{options.Name}.registry",
                    $"azd pushes images to a registry that is deployed with the rest, not to \"{registry}\"; take "
                        + ".WithContainerRegistry away"
                )
            );
        CheckManifestNames(errors, plan, options);
        errors.AddRange(PlainSettings.Check(plan));
        errors.AddRange(SecretsScript.Check(plan));
        foreach (var workload in plan.Workloads)
        {
            if (options.IsManaged(workload))
                CheckManaged(errors, plan, workload, options);
            else
                CheckWorkload(errors, workload, plan.Gateway, options.Name);
        }
        foreach (var link in Links.Find(plan).Where(link => plan.WorkloadNamed(link.To).IsJob))
            errors.Add(
                new($"{link.To}.ports.{link.Port}", $"is what {link.From} reaches, and nobody can reach a job; take the reference away")
            );
        CheckVolumes(errors, plan);
        if (plan.Gateway is { } gateway)
            CheckGateway(errors, plan, gateway, options);
        foreach (var parameter in plan.Parameters.Where(static parameter => parameter.Default is { } value && !Plain().IsMatch(value)))
            errors.Add(
                new(
                    $"{parameter.Name}.default",
                    $"\"{parameter.Default}\" holds quotes, backslashes, braces or line breaks, which azd misreads in a default; "
                        + "declare none, and azd asks for the value"
                )
            );
        return errors;
    }

    private static void CheckManifestNames(List<PlanError> errors, DeploymentPlan plan, AzureContainerAppsOptions options)
    {
        if (
            plan.Workloads.FirstOrDefault(workload => string.Equals(workload.Name, options.Name, StringComparison.OrdinalIgnoreCase)) is
            { } same
        )
            errors.Add(
                new(
                    $"{same.Name}.name",
                    $"is the target's name too, and both stand in azd's manifest; rename one: AddAzureContainerAppsTarget(\"NAME\")"
                )
            );
        var names = plan
            .Parameters.Select(static parameter => parameter.Name)
            .Concat(plan.Secrets.Select(static secret => secret.Name))
            .Concat(plan.Workloads.Where(options.IsManaged).Select(static workload => workload.Name))
            .Append(options.Name);
        foreach (var name in names.Where(AzureNames.OfAzdsTemplate.Contains))
            errors.Add(new($"{name}.name", $"\"{name}\" is a name of azd's own; rename it"));
    }

    private static void CheckWorkload(List<PlanError> errors, Workload workload, PublicGateway? gateway, string target)
    {
        if (!AzureNames.IsApp(workload.Label))
            errors.Add(
                new(
                    $"{workload.Name}.name",
                    $"\"{workload.Label}\" can't name {(workload.IsJob ? "a job" : "an app")}: 2 to {AzureNames.Longest} letters, "
                        + "digits and single hyphens; rename it"
                )
            );
        if (workload.Scale.Maximum > MostReplicas)
            errors.Add(
                new(
                    $"{workload.Name}.replicas",
                    $"{workload.Scale.Maximum} are more than the {MostReplicas} that an app may have; run fewer"
                )
            );
        if (DataOwner.Is(workload) && workload.Scale.Maximum > 1)
        {
            errors.Add(
                new(
                    $"{workload.Name}.replicas",
                    $"{workload.Scale.Maximum} replicas can't share "
                        + $"\"{workload.Mounts.First(static mount => !mount.ReadOnly).Volume}\", which one process owns; run one, "
                        + "or keep the data in a service of its own"
                )
            );
        }
        CheckPorts(errors, workload, gateway, target);
        foreach (var file in workload.Files.Where(static file => file.Content.Length == 0))
            errors.Add(
                new(
                    $"{workload.Name}.files.{file.Path}",
                    "is empty, and Container Apps keeps files as secrets, which must have a value; put it into the image, or a line into it"
                )
            );
        var files = new ContainerFiles(workload);
        foreach (var name in files.Ambiguous)
            errors.Add(new($"{workload.Name}.secrets.{name}", "is what the names of two of its secrets become; rename one"));
        foreach (
            var directory in files.Directories.Where(directory => directory == "/" || workload.Mounts.Any(mount => mount.Path == directory))
        )
            errors.Add(
                new(
                    $"{workload.Name}.files.{directory}",
                    "holds files that come with the deployment, and nothing else can be there; put them into a directory of their own"
                )
            );
    }

    private static void CheckPorts(List<PlanError> errors, Workload workload, PublicGateway? gateway, string target)
    {
        foreach (var port in workload.Ports.Where(static port => port.Protocol == PortProtocol.Udp))
            errors.Add(
                new(
                    $"{workload.Name}.ports.{port.Name}",
                    $"{port.Number} is UDP, which Container Apps doesn't carry; speak TCP, or keep {workload.Name} out of it: "
                        + $"ExcludeFrom({target})"
                )
            );
        if (AppIngress.For(workload, gateway) is not { } ingress)
            return;
        if (ingress.Others.Count > AppIngress.MostOthers)
            errors.Add(
                new(
                    $"{workload.Name}.ports",
                    $"are {workload.Ports.Count}, and an app has one ingress and up to {AppIngress.MostOthers} more ports; give "
                        + "some to a resource of their own"
                )
            );
        if (ingress.Main.Scheme == "https" && !ingress.IsGateway)
            errors.Add(
                new(
                    $"{workload.Name}.ports.{ingress.Main.Name}",
                    "speaks HTTPS, and ingress ends TLS itself and speaks HTTP to the app; give it an HTTP endpoint"
                )
            );
        foreach (
            var port in ingress
                .Others.Concat(ingress.IsHttp ? [] : [ingress.Main])
                .Where(static port => AppIngress.ExposedOf(port) is 80 or 443)
        )
            errors.Add(
                new($"{workload.Name}.ports.{port.Name}", $"is {AppIngress.ExposedOf(port)} by TCP, which is kept for HTTP; choose another")
            );
    }

    private static void CheckManaged(List<PlanError> errors, DeploymentPlan plan, Workload workload, AzureContainerAppsOptions options)
    {
        if (!AzureNames.IsApp(workload.Label))
            errors.Add(
                new(
                    $"{workload.Name}.name",
                    $"\"{workload.Label}\" can't name a server: 2 to {AzureNames.Longest} letters, digits and single hyphens; rename it"
                )
            );
        if (options.IsManagedRedis(workload))
        {
            if (Secrets.NamesOf(workload).IsEmpty)
                errors.Add(new($"{workload.Name}.password", "is none, and Azure Managed Redis asks for one; let AddRedis make it"));
            return;
        }
        if (new PostgresConnections(plan, workload, options).Check() is { } connections)
            errors.Add(connections);
        var user = ManagedPostgresModule.UserOf(workload);
        if (
            user.StartsWith("pg_", StringComparison.OrdinalIgnoreCase)
            || user.ToLowerInvariant()
                is "azure_superuser"
                    or "azure_pg_admin"
                    or "admin"
                    or "administrator"
                    or "root"
                    or "guest"
                    or "public"
        )
            errors.Add(new($"{workload.Name}.user", $"\"{user}\" can't be a flexible server's administrator; choose another"));
        if (!Versions.Contains(ManagedPostgresModule.MajorOf(workload)))
            errors.Add(
                new(
                    $"{workload.Name}.image",
                    $"\"{workload.Image}\" says no version that Azure Database for PostgreSQL has; give it the tag of "
                        + $"{string.Join(", ", Versions)}: WithImageTag"
                )
            );
        foreach (var database in workload.Databases.Where(static database => !Database().IsMatch(database)))
            errors.Add(
                new(
                    $"{workload.Name}.databases.{database}",
                    $"\"{database}\" can't name a database there: up to 63 letters, digits, underscores and hyphens, no digit "
                        + "first; choose another (AddDatabase(\"NAME\", \"DATABASE\"))"
                )
            );
        if (workload.Environment.All(static variable => variable.Name != ManagedPostgresModule.PasswordVariable))
            errors.Add(new($"{workload.Name}.password", "is none, and a flexible server asks for one; let AddPostgres make it"));
    }

    private static void CheckVolumes(List<PlanError> errors, DeploymentPlan plan)
    {
        foreach (
            var group in plan
                .Volumes.GroupBy(static volume => AzureNames.ShareOf(volume.Name), StringComparer.Ordinal)
                .Where(static group => group.Count() > 1)
        )
            errors.Add(new($"{group.Last().Name}.name", $"becomes the share \"{group.Key}\", as {group.First().Name} does; rename one"));
    }

    private static void CheckGateway(List<PlanError> errors, DeploymentPlan plan, PublicGateway gateway, AzureContainerAppsOptions options)
    {
        if (gateway.HttpPort != 80)
            errors.Add(
                new($"{gateway.Name}.httpPort", $"{gateway.HttpPort} can't be chosen, since ingress serves 80 and 443; leave it 80")
            );
        if (gateway.HttpsPort != 443)
            errors.Add(
                new($"{gateway.Name}.httpsPort", $"{gateway.HttpsPort} can't be chosen, since ingress serves 80 and 443; leave it 443")
            );
        if (!gateway.IsHttps && options.CustomDomain is { Certificate: { } certificate })
            errors.Add(
                new(
                    $"{gateway.Name}.https",
                    $"is declared without, and \"{certificate}\" is a certificate for it; declare .WithHttps(), or name none"
                )
            );
        var open = GatewayModel.IsOpen(plan, gateway);
        if (options.CustomDomain is null && !open)
            errors.Add(
                new(
                    $"{gateway.Name}.host",
                    $"nothing binds \"{gateway.Host}\" to the environment; name its certificate, .WithCustomDomain(certificate: "
                        + $"\"NAME\") on the target {options.Name}, or .WithCustomDomain() while there is none"
                )
            );
        if (options.CustomDomain is { Host: null } && open)
            errors.Add(
                new(
                    $"{gateway.Name}.host",
                    $"\"{gateway.Host}\" is no public name; declare one, .WithHttps(\"shop.example.com\"), or give it to the "
                        + "target, .WithCustomDomain(host: \"shop.example.com\")"
                )
            );
    }

    [GeneratedRegex(@"\A[^'""\\{}`\p{C}]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A[a-zA-Z_][a-zA-Z0-9_-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Database();
}
