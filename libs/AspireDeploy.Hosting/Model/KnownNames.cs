namespace AspireDeploy.Model;

/// <summary>
/// Describes what the names in a plan stand for, looked up while it is validated, when it may still name things twice or not at all.
/// </summary>
internal sealed class KnownNames
{
    private readonly Dictionary<string, Workload> _workloads = new(StringComparer.Ordinal);
    private readonly HashSet<string> _volumes;
    private readonly HashSet<string> _secrets;
    private readonly HashSet<string> _parameters;
    private readonly bool _gateway;

    internal KnownNames(DeploymentPlan plan)
    {
        foreach (var workload in plan.Workloads)
            _workloads.TryAdd(workload.Name, workload);
        _volumes = [.. plan.Volumes.Select(static volume => volume.Name)];
        _secrets = [.. plan.Secrets.Select(static secret => secret.Name)];
        _parameters = [.. plan.Parameters.Select(static parameter => parameter.Name)];
        _gateway = plan.Gateway is not null;
    }

    internal Workload? FindWorkload(string name) => _workloads.GetValueOrDefault(name);

    internal Port? FindPort(string workload, string port) => FindWorkload(workload)?.Ports.FirstOrDefault(each => each.Name == port);

    internal bool HasVolume(string name) => _volumes.Contains(name);

    internal void CheckReferences(List<PlanError> errors, string path, Template value)
    {
        foreach (var part in value.Parts)
        {
            var problem = part switch
            {
                EndpointReference endpoint when FindWorkload(endpoint.Workload) is null =>
                    $"refers to \"{endpoint.Workload}\", which isn't deployed",
                EndpointReference endpoint when FindPort(endpoint.Workload, endpoint.Port) is null =>
                    $"refers to {endpoint.Workload}'s endpoint \"{endpoint.Port}\", which it doesn't have",
                SecretReference secret when !_secrets.Contains(secret.Secret) =>
                    $"refers to the secret \"{secret.Secret}\", which isn't declared",
                ParameterReference parameter when !_parameters.Contains(parameter.Parameter) =>
                    $"refers to the parameter \"{parameter.Parameter}\", which isn't declared",
                GatewayReference when !_gateway => "refers to the gateway, and there is none",
                Literal literal when literal.Text.Contains('\0', StringComparison.Ordinal) =>
                    "holds a NUL character, which no process can be given",
                _ => null,
            };
            if (problem is not null)
                errors.Add(new(path, problem));
        }
    }
}
