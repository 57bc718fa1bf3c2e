using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// Values of a container: references by the addresses of the environment, secrets and parameters by the module's own parameters.
/// </summary>
internal sealed class AzureValues(DeploymentPlan plan, AzureContainerAppsOptions options, ModuleInputs inputs)
{
    /// <summary>Returns a literal where Container Apps fills in <c>$(NAME)</c>.</summary>
    internal static string Escape(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>Returns a value that reaches the container as it is, such as a secret's.</summary>
    internal BicepValue Write(Template value) => BicepText.Create(Parts(value));

    /// <summary>Returns a value's text, with its expressions as they are written.</summary>
    internal string Composed(Template value) =>
        string.Concat(
            Parts(value)
                .Select(static part =>
                    part switch
                    {
                        BicepLiteral literal => literal.Text,
                        BicepInterpolation { Code: var code } => $"${{{code.Text}}}",
                        _ => throw new NotSupportedException($"{part.GetType().Name} is no text."),
                    }
                )
        );

    /// <summary>Returns the expressions that a value is composed of, each as it is before anything is escaped in it.</summary>
    internal IEnumerable<string> SourcesOf(Template value) =>
        Parts(Template.Create([.. value.Parts.Select(Plain)])).OfType<BicepInterpolation>().Select(static part => part.Code.Text);

    private static TemplatePart Plain(TemplatePart part) =>
        part switch
        {
            SecretReference secret => secret with { Encoding = ValueEncoding.None },
            ParameterReference parameter => parameter with { Encoding = ValueEncoding.None },
            _ => part,
        };

    /// <summary>
    /// Returns a variable's or an argument's value, in which Container Apps would fill in <c>$(NAME)</c>, as Kubernetes does: every
    /// <c>$</c> is doubled.
    /// </summary>
    internal BicepValue WriteFilledIn(Template value) =>
        BicepText.Create(
            Parts(value)
                .Select(part =>
                    part switch
                    {
                        BicepLiteral literal => Escape(literal.Text),
                        BicepInterpolation { Code: var code }
                            when code.Text.StartsWith(ModuleInputs.ParameterPrefix, StringComparison.Ordinal) => (BicepTextPart)
                            new BicepCode($"replace({code.Text}, '$', '$$')"),
                        _ => part,
                    }
                )
        );

    /// <summary>
    /// Returns the host name that the gateway is reached by from outside, under its own name or under the environment's domain.
    /// </summary>
    internal IEnumerable<BicepTextPart> GatewayHost() =>
        GatewayModel.DomainOf(plan, options) is { } domain
            ? Parts(domain)
            : [$"{plan.WorkloadNamed(plan.Gateway!.Routes[0].Workload).Label}.", inputs.Domain];

    private IEnumerable<BicepTextPart> Parts(Template value)
    {
        var managed = ManagedRedisModule.ServerOf(value, plan, options);
        foreach (var part in value.Parts)
        {
            foreach (var written in Parts(part, managed))
                yield return written;
        }
        if (managed is not null && ManagedRedisModule.IsSettings(value))
            yield return ",ssl=true";
        yield return PostgresConnections.Addition(value, plan, options);
    }

    private IEnumerable<BicepTextPart> Parts(TemplatePart part, Workload? managedRedis) =>
        part switch
        {
            Literal literal => [managedRedis is null ? literal.Text : ManagedRedisModule.OverTls(literal.Text)],
            SecretReference secret => [Encoded(SecretOf(secret, managedRedis), secret.Encoding, secret.Secret)],
            ParameterReference parameter => [Encoded(inputs.Parameter(parameter.Parameter), parameter.Encoding, parameter.Parameter)],
            GatewayReference gateway => Parts(gateway),
            EndpointReference endpoint => Parts(endpoint),
            _ => throw new ArgumentException($"{part} can't be written into a module.", nameof(part)),
        };

    private BicepCode SecretOf(SecretReference secret, Workload? managedRedis) =>
        managedRedis is not null && Secrets.NamesOf(managedRedis).Contains(secret.Secret)
            ? ManagedRedisModule.KeyOf(managedRedis)
            : inputs.Secret(secret.Secret);

    private static BicepCode Encoded(BicepCode value, ValueEncoding encoding, string name) =>
        encoding switch
        {
            // What makes a key of its own makes one that a list can carry.
            ValueEncoding.ListItem when value.Text.StartsWith(ModuleInputs.SecretPrefix, StringComparison.Ordinal) => Carried(value, name),
            ValueEncoding.Uri => new($"uriComponent({value.Text})"),
            // In quotes, whatever it is: Bicep can't ask whether it needs them.
            ValueEncoding.ConnectionValue => new($"'\"${{replace({value.Text}, '\"', '\"\"')}}\"'"),
            ValueEncoding.RedisWord => new($"replace(replace(replace({value.Text}, '\\\\', '\\\\\\\\'), '\"', '\\\\\"'), '\\n', '\\\\n')"),
            _ => value,
        };

    // azd has nobody else who looks at it before it is deployed.
    private static BicepCode Carried(BicepCode value, string name)
    {
        var refusal =
            $"The secret {name} has a comma, or a blank at its beginning or end, which Redis' connection string can't carry: choose "
            + "another.";
        return new(
            $"(contains({value.Text}, ',') || {value.Text} != trim({value.Text})) ? fail({BicepWriter.Literal(refusal)}) : {value.Text}"
        );
    }

    private IEnumerable<BicepTextPart> Parts(GatewayReference reference)
    {
        var gateway = plan.Gateway!;
        var (scheme, port) = gateway.IsHttps ? ("https", "443") : ("http", "80");
        return Property(reference.Property, GatewayHost, scheme, port, isUsualPort: true, targetPort: port);
    }

    private IEnumerable<BicepTextPart> Parts(EndpointReference reference)
    {
        var workload = plan.WorkloadNamed(reference.Workload);
        var port = workload.PortNamed(reference.Port);
        var target = Number(port.Number);
        if (options.IsManaged(workload))
        {
            var (number, scheme) = options.IsManagedRedis(workload) ? (Number(ManagedRedisModule.Port), "rediss") : (target, port.Scheme);
            return Property(reference.Property, () => [Host(workload)], scheme, number, isUsualPort: false, target);
        }
        var ingress = AppIngress.For(workload, plan.Gateway);
        if (ingress is not { IsHttp: true } || ingress.Main != port)
            return Property(
                reference.Property,
                () => [workload.Label],
                port.Scheme,
                Number(AppIngress.ExposedOf(port)),
                isUsualPort: false,
                target
            );
        // Where plain HTTP isn't served, TLS is: the environment has a certificate for every name of its domain.
        return Property(
            reference.Property,
            () => [ingress.IsExternal ? $"{workload.Label}." : $"{workload.Label}.internal.", inputs.Domain],
            "https",
            "443",
            isUsualPort: true,
            target
        );
    }

    private BicepCode Host(Workload managed) =>
        inputs.Output(managed.Name, ManagedPostgresModule.Host, $"{AzureNames.Identifier(managed.Name)}_host", $"Where {managed.Name} is.");

    // The host is a parameter of the module, which it has only where something needs it.
    private static IEnumerable<BicepTextPart> Property(
        EndpointProperty property,
        Func<IEnumerable<BicepTextPart>> host,
        string scheme,
        string port,
        bool isUsualPort,
        string targetPort
    ) =>
        property switch
        {
            EndpointProperty.Host => host(),
            EndpointProperty.Port => [port],
            EndpointProperty.TargetPort => [targetPort],
            EndpointProperty.HostAndPort => [.. host(), $":{port}"],
            EndpointProperty.Scheme => [scheme],
            _ => [$"{scheme}://", .. host(), isUsualPort ? "" : $":{port}"],
        };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
