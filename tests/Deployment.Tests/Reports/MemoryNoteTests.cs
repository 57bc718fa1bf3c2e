using AspireDeploy.Model;
using AspireDeploy.Reports;
using AspireDeploy.Targets;
using AspireDeploy.Targets.Azure;
using AspireDeploy.Targets.Compose;
using AspireDeploy.Targets.Kubernetes;
using AspireDeploy.Targets.Nomad;

namespace AspireDeploy.Tests.Reports;

public class MemoryNoteTests
{
    [Fact]
    public void Report_OfATargetThatLimitsNothing_NotesThatNothingIsDeclared() =>
        Assert.Equal(
            ["sql has no memory limit: one replica can take all of its machine's. Declare .WithMemory(limit)."],
            Of(new ComposeTarget(), Sql)
        );

    [Fact]
    public void Report_OfNomad_SaysWhatItGives() =>
        Assert.Equal(
            [
                "none declared: `memory = 300`: Nomad ends a task above what it is given, which is 300 MiB where none is declared: "
                    + ".WithMemory(limit)",
            ],
            Of(new NomadTarget(), Sql with { Image = new ImageReference("docker.io/example/sql", "1") })
        );

    [Fact]
    public void Report_OfNomad_SaysWhatItGivesAKnownServer() =>
        Assert.Equal(
            [
                "none declared: `memory = 2048`: Nomad ends a task above what it is given, which is 2048 MiB here, the least that this "
                    + "image needs: .WithMemory(limit)",
            ],
            Of(new NomadTarget(), Sql)
        );

    [Fact]
    public void Report_OfAzure_SaysWhatItGives() =>
        Assert.Equal(
            [
                "none declared: 1.0 cores with 2.0Gi: Container Apps ends a replica above what it is given, which is 2Gi here, the least "
                    + "pair that this image needs: .WithMemory(limit)",
            ],
            Of(new AzureContainerAppsTarget(), Sql)
        );

    [Fact]
    public void Report_OfAKubernetesWithADefault_SaysIt() =>
        Assert.Equal(
            ["none declared: the target's default, limit 512Mi, request 128Mi"],
            Of(new KubernetesTarget(new() { DefaultMemory = new(Size.Mebibytes(128), Size.Mebibytes(512)) }), Sql)
        );

    private static Workload Sql { get; } =
        new()
        {
            Name = "sql",
            Image = new ImageReference("mcr.microsoft.com/mssql/server", "2022-latest"),
            Restart = RestartPolicy.Always,
            Ports = [new("tcp", 1433, "tcp")],
        };

    private static string[] Of(ITarget target, Workload workload)
    {
        var report = DeploymentReport.Create(
            new DeploymentPlan
            {
                Name = "shop",
                Version = "1",
                Workloads = [workload],
            },
            target,
            []
        );
        return
        [
            .. report
                .Rows.Where(static row => row.Result.Definition.Concept == Concept.Memory)
                .Select(static row =>
                    $"{row.Result.Declared}: "
                    + row.Result.Outcome switch
                    {
                        Weakened weaker => $"{weaker.Mechanism}: {weaker.What}: {weaker.Remedy}",
                        Supported supported => supported.Mechanism,
                        var other => other.ToString(),
                    }
                ),
            .. report.Notes.Where(static note => note.Contains("memory", StringComparison.Ordinal)),
        ];
    }
}
