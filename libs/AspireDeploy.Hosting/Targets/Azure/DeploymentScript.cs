using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Writers.Bicep;
using AspireDeploy.Writers.Shell;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// A script that Azure runs while a module is deployed, in a container of its own.
/// (https://learn.microsoft.com/azure/azure-resource-manager/bicep/deployment-script-bicep)
/// </summary>
internal static class DeploymentScript
{
    /// <summary>Returns when a module is deployed: each time another value.</summary>
    internal static BicepParameter Deployed(string purpose) =>
        new("deployed", $"When this is deployed, {purpose}.") { Default = new BicepCode("utcNow()") };

    /// <summary>Returns a script among the target's, with what all of them ask Azure by.</summary>
    internal static string Read(string name) => ScriptTemplate.Fill($"Azure/{name}", ("REQUEST", ScriptTemplate.Fill("Azure/request.sh")));

    /// <summary>Returns a script as a resource, of a module that has the parameter <see cref="Deployed"/>.</summary>
    /// <param name="symbol">What the module calls it.</param>
    /// <param name="name">Its name in the resource group.</param>
    /// <param name="script">The script's, among the target's.</param>
    /// <param name="identity">Who it runs as.</param>
    /// <param name="timeout">How long what it waits for may take.</param>
    /// <param name="variables">What its environment has beside the timeout.</param>
    internal static BicepResource Write(
        string symbol,
        string name,
        string script,
        BicepCode identity,
        TimeSpan timeout,
        params IEnumerable<(string Name, BicepValue Value)> variables
    )
    {
        var seconds = Durations.SecondsRoundedUp(timeout);
        return new(
            symbol,
            "Microsoft.Resources/deploymentScripts@2023-08-01",
            new()
            {
                { "name", name },
                { "location", new BicepCode("location") },
                { "kind", "AzureCLI" },
                { "identity", ContainerModel.UserAssigned(identity) },
                {
                    "properties",
                    new BicepObject
                    {
                        { "azCliVersion", "2.75.0" },
                        {
                            "environmentVariables",
                            new BicepArray(
                                variables
                                    .Append(("TIMEOUT", seconds.ToString(CultureInfo.InvariantCulture)))
                                    .Append(("PAUSE", "5"))
                                    .Select(static variable => new BicepObject { { "name", variable.Name }, { "value", variable.Value } })
                            )
                        },
                        { "scriptContent", new BicepLines(Read(script)) },
                        // The script gives up first, with a reason.
                        { "timeout", string.Create(CultureInfo.InvariantCulture, $"PT{(seconds / 60) + 15}M") },
                        { "retentionInterval", "PT1H" },
                        { "cleanupPreference", "OnSuccess" },
                        { "forceUpdateTag", new BicepCode("deployed") },
                    }
                },
            }
        );
    }
}
