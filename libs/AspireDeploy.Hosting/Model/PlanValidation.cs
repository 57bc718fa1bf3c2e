namespace AspireDeploy.Model;

/// <summary>Describes what must hold of a plan whatever the target. Targets add what holds for them alone.</summary>
internal static class PlanValidation
{
    /// <summary>Docker refuses a limit below this; nothing useful runs in less.</summary>
    public static readonly Size LeastMemory = Size.Mebibytes(6);

    /// <summary>Returns everything wrong with <paramref name="plan"/>, in the plan's order; empty if it is sound.</summary>
    public static IReadOnlyList<PlanError> Check(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var errors = new List<PlanError>();
        CheckName(errors, "application", plan.Name);
        CheckUnique(
            errors,
            plan.Workloads.Select(static workload => workload.Name).Concat(plan.Gateway is { } gateway ? [gateway.Name] : []),
            "resource"
        );
        CheckUnique(errors, plan.Volumes.Select(static volume => volume.Name), "volume");
        CheckUnique(
            errors,
            plan.Secrets.Select(static secret => secret.Name).Concat(plan.Parameters.Select(static parameter => parameter.Name)),
            "secret or parameter"
        );
        var known = new KnownNames(plan);
        foreach (var workload in plan.Workloads)
        {
            CheckName(errors, workload.Name, workload.Name);
            WorkloadValidation.Check(errors, known, workload);
        }
        if (plan.Gateway is not null)
            CheckGateway(errors, known, plan.Gateway);
        var circle = StartOrder.NeverStarting(plan);
        if (circle.Count > 0)
            errors.Add(
                new(
                    $"{circle[0]}.waits",
                    $"{string.Join(", ", circle)} wait for each other, so none of them ever starts; take one wait away"
                )
            );
        return errors;
    }

    /// <summary>Returns the plan, in order, if it is sound.</summary>
    /// <exception cref="PlanException">It isn't.</exception>
    public static DeploymentPlan Sound(DeploymentPlan plan)
    {
        var ordered = PlanOrder.Sort(plan);
        return Check(ordered) is { Count: > 0 } errors ? throw new PlanException(errors) : ordered;
    }

    private static void CheckGateway(List<PlanError> errors, KnownNames known, PublicGateway gateway)
    {
        CheckName(errors, gateway.Name, gateway.Name);
        known.CheckReferences(errors, $"{gateway.Name}.host", gateway.Host);
        if (gateway.Host.HoldsSecret)
            errors.Add(new($"{gateway.Name}.host", "a secret can't be a host name"));
        if (gateway.Host.AsLiteral is { } host && !IsHostName(host))
            errors.Add(new($"{gateway.Name}.host", NotAHostName(host)));
        if (
            gateway.Certificate == CertificateMode.Automatic
            && gateway.Host.AsLiteral is { } name
            && !name.Contains('.', StringComparison.Ordinal)
        )
            errors.Add(
                new(
                    $"{gateway.Name}.certificate",
                    $"no public authority signs a certificate for \"{name}\"; name a public host, or use the gateway's own authority"
                )
            );
        if (gateway.Routes.IsEmpty)
            errors.Add(new($"{gateway.Name}.routes", "nothing is routed; add a route to a service's HTTP endpoint"));
        CheckGatewayPorts(errors, gateway.Name, gateway.HttpPort, gateway.HttpsPort);
        CheckMemory(errors, $"{gateway.Name}.memory", gateway.Memory);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var route in gateway.Routes)
        {
            var path = $"{gateway.Name}.routes.{route.PathPrefix}";
            if (!seen.Add(route.PathPrefix))
                errors.Add(new(path, "is routed twice"));
            if (!IsPathPrefix(route.PathPrefix))
                errors.Add(new(path, $"\"{route.PathPrefix}\" is not a path; write / or one like /api"));
            known.CheckReferences(errors, path, [new EndpointReference(route.Workload, route.Port, EndpointProperty.Url)]);
            if (known.FindPort(route.Workload, route.Port) is { IsHttp: false } port)
                errors.Add(new(path, $"{route.Workload}'s port \"{port.Name}\" speaks {port.Scheme}, not HTTP"));
        }
    }

    internal static void CheckMemory(List<PlanError> errors, string path, Memory memory)
    {
        if (memory.Limit < LeastMemory)
            errors.Add(new($"{path}.limit", $"{memory.Limit} is less than the {LeastMemory} any container needs"));
        if (memory.Request > memory.Limit)
            errors.Add(new($"{path}.request", $"{memory.Request} is more than the limit, {memory.Limit}"));
        if (memory.Request.Bytes <= 0)
            errors.Add(new($"{path}.request", "must be more than 0"));
    }

    internal static void CheckGatewayPorts(List<PlanError> errors, string gateway, int http, int https)
    {
        CheckPortNumber(errors, $"{gateway}.httpPort", http);
        CheckPortNumber(errors, $"{gateway}.httpsPort", https);
        if (http == https)
            errors.Add(new($"{gateway}.httpsPort", $"{https} is the port for HTTP already"));
    }

    internal static void CheckPortNumber(List<PlanError> errors, string path, int number)
    {
        if (number is < 1 or > 65535)
            errors.Add(new(path, $"{number} is not a port; one is from 1 to 65535"));
    }

    private static void CheckName(List<PlanError> errors, string path, string name)
    {
        if (
            name.Length is 0 or > 63
            || !char.IsAsciiLetter(name[0])
            || !char.IsAsciiLetterOrDigit(name[^1])
            || !name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
        )
            errors.Add(
                new(
                    $"{path}.name",
                    $"\"{name}\" is not a name that every target can write: 1 to 63 letters, digits and hyphens, a letter first and "
                        + "no hyphen last"
                )
            );
        if (name.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            errors.Add(new($"{path}.name", "is what every container calls itself, so nobody else reaches it by that; rename it"));
    }

    private static void CheckUnique(List<PlanError> errors, IEnumerable<string> names, string what)
    {
        foreach (var group in names.GroupBy(static name => name, StringComparer.OrdinalIgnoreCase))
        {
            if (group.Count() > 1)
                errors.Add(
                    new(
                        $"{group.Key}.name",
                        $"more than one {what} has it: {string.Join(", ", group)}; give each its own, in more than its capitals"
                    )
                );
        }
    }

    internal static string NotAHostName(string host) =>
        $"\"{host}\" is not a host name; write one like shop.example.com, without scheme, port or path";

    internal static bool IsHostName(string host) =>
        Uri.CheckHostName(host) == UriHostNameType.Dns && host.All(static letter => char.IsAscii(letter) && letter != '_');

    internal static bool IsPathPrefix(string prefix) =>
        prefix == "/"
        || (
            prefix.StartsWith('/')
            && !prefix.EndsWith('/')
            && !prefix.Contains("//", StringComparison.Ordinal)
            && !prefix.Split('/').Any(static segment => segment is "." or "..")
            && prefix.All(static letter => char.IsAsciiLetterOrDigit(letter) || "/-._~".Contains(letter, StringComparison.Ordinal))
        );
}
