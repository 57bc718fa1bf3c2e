using AspireDeploy.Model;
using AspireDeploy.Reports;
using AspireDeploy.Targets.Compose;

namespace AspireDeploy.Tests.Reports;

public class HealthNoteTests
{
    private const string Note =
        "api is asked for GET /health, which Aspire's template maps in Development only. Map it in every environment, in "
        + "MapDefaultEndpoints of ServiceDefaults, unless it is already.";

    [Fact]
    public void Report_OfAProjectThatIsAskedWhereTheTemplateMapsNothing_SaysSo() => Assert.Contains(Note, NotesOn(Project("/health")));

    [Fact]
    public void Report_OfAProjectThatIsAskedElsewhere_OrHasOurServiceDefaults_DoesNot()
    {
        Assert.DoesNotContain(NotesOn(Project("/ready")), static note => note.Contains("template", StringComparison.Ordinal));
        Assert.DoesNotContain(Note, NotesOn(Project("/health") with { HealthCommand = ["dotnet", "Api.dll", "healthcheck"] }));
        Assert.DoesNotContain(Note, NotesOn(Project("/health") with { Image = new ImageReference("docker.io/example/api", "1") }));
    }

    private static EquatableArray<string> NotesOn(Workload workload) =>
        DeploymentReport
            .Create(
                new DeploymentPlan
                {
                    Name = "shop",
                    Version = "1",
                    Workloads = [workload],
                },
                new ComposeTarget(),
                []
            )
            .Notes;

    private static Workload Project(string path) =>
        new()
        {
            Name = "api",
            Image = new ProjectImage("../Api/Api.csproj", "shop-api", "1", "Api.dll"),
            Restart = RestartPolicy.Always,
            Ports = [new("http", 8080, "http")],
            Probes = new() { Readiness = new(new HttpProbe("http", path)) },
        };
}
