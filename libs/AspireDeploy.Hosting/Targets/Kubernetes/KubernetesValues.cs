using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>
/// Values of a container: references by the names of the cluster's DNS, parameters by <c>$(VARIABLE)</c>, which the kubelet fills in, and
/// <c>$</c> doubled, since a single one before a parenthesis would be filled in too.
/// (https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/)
/// </summary>
internal sealed class KubernetesValues(DeploymentPlan plan)
{
    private readonly ServiceAddresses _addresses = new(plan);

    /// <summary>Returns the variable of a container that holds a parameter for others to be composed of.</summary>
    internal static string VariableOf(string parameter) => $"PARAMETER_{Setting.NameFor(parameter)}";

    internal static string Escape(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>Returns a value that holds no secret.</summary>
    internal string Write(Template value) =>
        value.Render(part =>
            part switch
            {
                Literal literal => Escape(literal.Text),
                ParameterReference parameter => $"$({VariableOf(parameter.Parameter)})",
                EndpointReference endpoint => _addresses.Resolve(endpoint),
                GatewayReference gateway => _addresses.Resolve(gateway, Write),
                _ => throw new ArgumentException($"{part} can't be written into a file that isn't private.", nameof(value)),
            }
        );

    /// <summary>Returns the parameters that a value is composed of, those of the gateway's host among them.</summary>
    internal IEnumerable<ParameterReference> ParametersOf(Template value) =>
        value.Parts.SelectMany(part =>
            part switch
            {
                ParameterReference parameter => [parameter],
                GatewayReference => plan.Gateway!.Host.Parts.OfType<ParameterReference>(),
                _ => [],
            }
        );
}
