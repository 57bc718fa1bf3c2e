using System.Globalization;
using System.Text.Json;
using AspireDeploy.Model;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>
/// Describes what holds of the ARM templates that the compiler makes of the modules of every case; it holds their properties and values
/// against the published resource types. What each concept becomes stands in the cases.
/// </summary>
public sealed class AzureTemplateTests(AzureTemplates templates) : IClassFixture<AzureTemplates>
{
    [Fact]
    public void Modules_OfEveryCase_CompileAndLintWithoutAWord()
    {
        Assert.Equal("", templates.Messages);
        Assert.Equal(
            AzureCaseTests.Names.Sum(static row => AzureCases.PlanOf(row.Data).Workloads.Count + 2)
                + templates.ModulesOf(TargetCase.AppHost).Count(),
            templates.Count
        );
        Assert.Equal(
            ["api", "azure", "cache", "main.subscription", "migrator", "postgres"],
            templates.ModulesOf(TargetCase.AppHost).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Parameters_OfEveryModule_AreGivenByAzdOrHaveAValue() =>
        Assert.All(AzureCaseTests.Names.Select(static row => row.Data), name =>
            Assert.All(AzureCases.TargetOf(name).Modules(AzureCases.PlanOf(name)), module =>
            {
                var parameters = templates.Of(name, module.Resource).GetProperty("parameters").EnumerateObject().ToList();
                Assert.Empty(module.Arguments.Keys.Except(parameters.Select(static parameter => parameter.Name)));
                Assert.All(parameters.Where(parameter => !module.Arguments.ContainsKey(parameter.Name)), static parameter =>
                    Assert.True(parameter.Value.TryGetProperty("defaultValue", out _), parameter.Name)
                );
            })
        );

    [Fact]
    public void Workloads_OfEveryCase_AreAsDeclared() =>
        Assert.All(AzureCaseTests.Names.Select(static row => row.Data), name =>
            Assert.All(AzureCases.PlanOf(name).Workloads.Where(workload => !IsManaged(name, workload)), workload =>
            {
                var (template, container) = (templates.Template(name, workload), templates.Container(name, workload));
                Assert.Equal(workload.Image is BuiltImage ? "[parameters('image')]" : workload.Image.ToString(), Text(container, "image"));
                Assert.True(Cores(container) >= (workload.Cpu?.Limit ?? workload.Cpu?.Request ?? 0));
                Assert.True(Size.Parse(Text(container, "resources", "memory")) >= (workload.Memory?.Limit ?? new Size(0)));
                Assert.Equal(
                    Cores(container) * 2,
                    Size.Parse(Text(container, "resources", "memory")).Bytes / (decimal)Size.Gibibytes(1).Bytes
                );
                if (workload.IsJob)
                    return;
                Assert.Equal(
                    (workload.Scale.Minimum, workload.Scale.Maximum),
                    (Number(template, "scale", "minReplicas"), Number(template, "scale", "maxReplicas"))
                );
                Assert.Equal(workload.StopGracePeriod.TotalSeconds, Number(template, "terminationGracePeriodSeconds"));
                Assert.Equal(
                    workload is { Update: UpdateOrder.StopFirst, IsStateful: true } ? "Multiple" : "Single",
                    Text(templates.Configuration(name, workload), "activeRevisionsMode")
                );
            })
        );

    [Fact]
    public void Job_ItsIdentity_MayRunJobsAndNothingElse()
    {
        var assignments = templates
            .Resources("waits", "azure", "Microsoft.Authorization/roleAssignments")
            .Where(static assignment =>
                assignment.GetRawText().Contains("'jobs'", StringComparison.Ordinal)
                || assignment.GetRawText().Contains("id-jobs-", StringComparison.Ordinal)
            )
            .ToList();

        Assert.Equal(2, assignments.Count);
        Assert.All(assignments, static assignment =>
            Assert.True(
                assignment.GetRawText().Contains("b9a307c4-5aa3-4b52-ba60-2b17c136cd7b", StringComparison.Ordinal)
                    || assignment.GetRawText().Contains("edd66693-d32a-450b-997d-0158c03976b0", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public void Update_ItsIdentity_MayReadAndEndApps_AndIsNotTheJobsOwn()
    {
        Assert.Equal(2, templates.Resources("data", "azure", "Microsoft.Authorization/roleAssignments").Count(IsOf("updates")));
        Assert.All(["f3bd1b5c-91fa-40e7-afe7-0c11d331232c", "ad2dd5fb-cd4b-4fd4-a9b6-4fed3630980b"], role =>
            Assert.Single(
                templates.Resources("data", "azure", "Microsoft.Authorization/roleAssignments").Where(IsOf("updates")),
                assignment => assignment.GetRawText().Contains(role, StringComparison.Ordinal)
            )
        );
        Assert.Equal(2, templates.Resources("data", "azure", "Microsoft.Authorization/roleAssignments").Count(IsOf("jobs")));
        Assert.DoesNotContain(templates.Resources("waits", "azure", "Microsoft.Authorization/roleAssignments"), static assignment =>
            IsOf("updates")(assignment)
        );

        static Func<JsonElement, bool> IsOf(string identity) =>
            assignment => assignment.GetRawText().Contains($"id-{identity}-", StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_AreOnEverythingThatStandsByItself()
    {
        string[] modules = [.. templates.ModulesOf("managed")];

        Assert.All(
            modules
                .SelectMany(module => templates.Resources("managed", module))
                .Where(static resource =>
                    Text(resource, "type") is var type
                    && type.Count(static letter => letter == '/') == 1
                    && !type.StartsWith("Microsoft.Authorization/", StringComparison.Ordinal)
                    && type != "Microsoft.Resources/deployments"
                    && !resource.TryGetProperty("existing", out _)
                ),
            static resource =>
                Assert.Equal(("shop", "it's ours"), (Text(resource, "tags", "aspire-deploy"), Text(resource, "tags", "team")))
        );
    }

    [Fact]
    public void Outputs_OfTheEnvironment_AreInOneToo_InTheirOrder() =>
        Assert.All(AzureCaseTests.Names.Select(static row => row.Data), name =>
        {
            var outputs = templates.Of(name, AzureCases.TargetOf(name).Name).GetProperty("outputs").EnumerateObject().ToList();

            Assert.Equal(
                outputs.SkipLast(1).Select(static output => Text(output.Value, "value")),
                outputs[^1].Value.GetProperty("value").EnumerateArray().Select(static value => value.GetString())
            );
            Assert.Equal("values", outputs[^1].Name);
        });

    [Fact]
    public void Values_ThatMeanSomethingToBicepOrArm_AreWhatWasDeclared()
    {
        var plan = Of("nasty", "echo");

        Assert.All(plan.Environment.Where(static variable => variable.Value.AsLiteral is not null), variable =>
            Assert.Equal(variable.Value.AsLiteral, Read(Variable("nasty", "echo", variable.Name)))
        );
        Assert.Equal(
            plan.Arguments.Select(static argument => argument.AsLiteral).OfType<string>(),
            templates
                .Container("nasty", plan)
                .GetProperty("args")
                .EnumerateArray()
                .Select(static argument => Read(argument.GetString()!))
                .SkipLast(1)
        );
        // In a format braces are doubled.
        Assert.Equal(
            "[format('it''s $${{x}} {0}', replace(parameters('parameter_spaces'), '$', '$$'))]",
            Variable("nasty", "echo", "PARAMETER")
        );

        // ARM reads a text that begins with a bracket as an expression, but for two.
        // (https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions#escape-characters)
        // Container Apps reads two dollar signs as one, as Kubernetes does.
        static string Read(string text) =>
            (text.StartsWith("[[", StringComparison.Ordinal) ? text[1..] : text).Replace("$$", "$", StringComparison.Ordinal);
    }

    [Fact]
    public void Data_OfWhatIsNoKnownServer_HasNoLock()
    {
        Assert.False(templates.Container("data", Of("data", "search")).TryGetProperty("command", out _));
        Assert.False(templates.Container("data", Of("data", "api")).TryGetProperty("command", out _));
    }

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

    private static decimal Cores(JsonElement container) =>
        decimal.Parse(Text(container, "resources", "cpu").Split('\'')[1], CultureInfo.InvariantCulture);

    private static string Text(JsonElement element, params ReadOnlySpan<string> path) => At(element, path).GetString()!;

    private static int Number(JsonElement element, params ReadOnlySpan<string> path) => At(element, path).GetInt32();

    private static JsonElement At(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            element = element.GetProperty(name);
        return element;
    }
}
