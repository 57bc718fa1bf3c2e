using System.Text.Json;
using System.Text.RegularExpressions;
using AspireDeploy.Model;
using AspireDeploy.Targets.Azure;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>The secrets in the ARM templates that the compiler makes of the modules.</summary>
public sealed partial class AzureSecretTests(AzureTemplates templates) : IClassFixture<AzureTemplates>
{
    [Fact]
    public void Secrets_AnotherValueOfAny_MakesANewRevision() =>
        Assert.All(AzureCaseTests.Names.Select(static row => row.Data), name =>
            Assert.All(AzureCases.PlanOf(name).Workloads.Where(workload => !workload.IsJob && !IsManaged(name, workload)), workload =>
            {
                if (!templates.Configuration(name, workload).TryGetProperty("secrets", out var secrets))
                    return;
                var version = Variable(name, workload.Name, "SECRETS_VERSION");
                Assert.Matches(@"^\[take\(uniqueString\(resourceGroup\(\)\.id, '[0-9a-f]{8}'.*\), 4\)\]$", version);
                Assert.All(secrets.EnumerateArray().SelectMany(static secret => Sources().Matches(Text(secret, "value"))), source =>
                    Assert.Contains(source.Value, version, StringComparison.Ordinal)
                );
            })
        );

    [Fact]
    public void Secrets_AKeyThatAzureMakes_IsAmongThem_AndThePasswordInItsPlaceIsNotAskedFor()
    {
        var version = Variable("managed", "api", "SECRETS_VERSION");

        Assert.Contains(
            "listKeys(resourceId('Microsoft.Cache/redisEnterprise/databases', format('cache-{0}', uniqueString(resourceGroup().id)), "
                + "'default'), '2025-07-01').primaryKey",
            version,
            StringComparison.Ordinal
        );
        Assert.False(templates.Of("managed", "api").GetProperty("parameters").TryGetProperty("secret_cache_password", out _));
    }

    [Fact]
    public void Secrets_OfWhatMovesToAServerThatAzureRuns_MakeANewRevision()
    {
        var plan = AzureCases.PlanOf("managed");

        Assert.NotEqual(Version(new()), Version(new() { Postgres = new() }));
        Assert.NotEqual(Version(new()), Version(new() { Redis = new() }));

        string Version(AzureContainerAppsOptions options) =>
            new AzureContainerAppsTarget(options)
                .Write(plan)
                .Single(static file => file.Path == "api.bicep")
                .Content.Split('\n')
                .Single(static line => line.Contains("value: take(uniqueString(", StringComparison.Ordinal));
    }

    [Fact]
    public void Secrets_APasswordThatAConnectionStringCanNotCarry_EndsTheDeployment_WhoeverDeploys() =>
        Assert.Contains(
            "if(or(contains(parameters('secret_cache_password'), ','), not(equals(parameters('secret_cache_password'), "
                + "trim(parameters('secret_cache_password'))))), fail('The secret cache-password has a comma, or a blank at its beginning "
                + "or end, which Redis'' connection string can''t carry: choose another.'), parameters('secret_cache_password'))",
            templates
                .Resource(TargetCase.AppHost, "api", "Microsoft.App/containerApps")
                .GetProperty("properties")
                .GetProperty("configuration")
                .GetProperty("secrets")
                .GetRawText()
                .Replace("\\u0027", "'", StringComparison.Ordinal),
            StringComparison.Ordinal
        );

    [Fact]
    public void Secrets_NothingIsMountedUnderRunSecrets() =>
        Assert.All(AzureCaseTests.Names.Select(static row => row.Data), static name =>
            Assert.DoesNotContain(
                AzureCases.FilesOf(name).Where(static file => file.Path.EndsWith(".bicep", StringComparison.Ordinal)),
                static file => file.Content.Contains("/run/secrets", StringComparison.Ordinal)
            )
        );

    [GeneratedRegex(@"parameters\('\w+'\)|listKeys\(.*?\)\.primaryKey", RegexOptions.CultureInvariant)]
    private static partial Regex Sources();

    private static bool IsManaged(string name, Workload workload) =>
        AzureCases.TargetOf(name).Concepts[AspireDeploy.Model.Concept.Startup].Judge(new(AzureCases.PlanOf(name), workload))
            is AspireDeploy.Targets.Supported carried
        && carried.Mechanism.EndsWith("run by Azure", StringComparison.Ordinal);

    private static Workload Of(string name, string workload) => AzureCases.PlanOf(name).WorkloadNamed(workload);

    private string Variable(string name, string workload, string variable) =>
        Text(
            templates
                .Container(name, Of(name, workload))
                .GetProperty("env")
                .EnumerateArray()
                .Single(each => Text(each, "name") == variable),
            "value"
        );

    private static string Text(JsonElement element, params ReadOnlySpan<string> path) => At(element, path).GetString()!;

    private static JsonElement At(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            element = element.GetProperty(name);
        return element;
    }
}
