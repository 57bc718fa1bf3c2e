using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Tests.Reading;

/// <summary>
/// Health endpoints of Aspire's template are there in Development only; deployed, a connection is asked for in their place.
/// </summary>
public class DevelopmentHealthTests
{
    private const string Service = """
        <Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup><ProjectReference Include="..\Shop.ServiceDefaults\Shop.ServiceDefaults.csproj" /></ItemGroup></Project>
        """;

    private const string Shared =
        "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><IsAspireSharedProject>true</IsAspireSharedProject></PropertyGroup></Project>";

    private const string Template = """
        public static class Extensions
        {
            private const string HealthEndpointPath = "/health";
            private const string AlivenessEndpointPath = "/alive";

            public static WebApplication MapDefaultEndpoints(this WebApplication app)
            {
                // Adding health checks endpoints to applications in non-development environments has security implications: app.MapHealthChecks(...)
                if (app.Environment.IsDevelopment())
                {
                    app.MapHealthChecks(HealthEndpointPath);
                    app.MapHealthChecks(AlivenessEndpointPath, new HealthCheckOptions { Predicate = r => r.Tags.Contains("live") });
                }
                return app;
            }
        }
        """;

    [Fact]
    public async Task Build_AHealthCheckOfTheTemplate_IsAConnection_AndWeaker()
    {
        var solution = Solution(Template);

        Assert.Equal(
            new Probes { Readiness = new(new TcpProbe("http")) { Period = TimeSpan.FromSeconds(5) } },
            (await solution.PlanAsync(static builder => Declare(builder))).WorkloadNamed("api").Probes
        );
        Assert.Equal(
            [
                "api.readiness (GET /health) weakened: Shop.ServiceDefaults maps /health in Development only, so a deployed replica "
                    + "answers 404; a connection to http is asked for in its place. "
                    + "Remedy: map it in every environment, in MapDefaultEndpoints of Shop.ServiceDefaults",
            ],
            await solution.FallsShortAsync(static builder => Declare(builder))
        );
    }

    [Fact]
    public async Task Build_ALivenessProbeOfTheTemplate_IsAConnectionTo()
    {
        var probes = (
            await Solution(Template)
                .PlanAsync(static builder => Declare(builder).WithHttpProbe(ProbeType.Liveness, "/alive", periodSeconds: 7))
        )
            .WorkloadNamed("api")
            .Probes;

        Assert.Equal((new TcpProbe("http"), TimeSpan.FromSeconds(7)), (probes.Liveness?.Action, probes.Liveness?.Period));
    }

    [Theory]
    // In every environment.
    [InlineData(
        "app.MapDefaultEndpoints();",
        "public static void MapDefaultEndpoints(this WebApplication app) => app.MapHealthChecks(\"/health\");"
    )]
    [InlineData(
        "app.MapDefaultEndpoints();",
        "void Map(WebApplication app) { if (app.Environment.IsDevelopment()) app.MapHealthChecks(\"/dev\"); "
            + "app.MapHealthChecks(\"/health\"); }"
    )]
    [InlineData(
        "app.MapDefaultEndpoints();",
        "void Map(WebApplication app) { if (!app.Environment.IsDevelopment()) { app.MapHealthChecks(\"/health\"); } }"
    )]
    // A path that it doesn't map at all, a service that doesn't call it, and one that maps the path itself: its own business.
    [InlineData(
        "app.MapDefaultEndpoints();",
        "void Map(WebApplication app) { if (app.Environment.IsDevelopment()) { app.MapHealthChecks(\"/alive\"); } }"
    )]
    [InlineData("", Template)]
    [InlineData("app.MapDefaultEndpoints(); class Health { [Route(\"health\")] void Get() {} }", Template)]
    // A brace in a literal ends no block.
    [InlineData(
        "app.MapDefaultEndpoints();",
        "void Map(WebApplication app) { if (app.Environment.IsDevelopment()) { Log(\"{\"); Log('{'); } app.MapHealthChecks(\"/health\"); }"
    )]
    [InlineData(
        "app.MapDefaultEndpoints();",
        "void Map(WebApplication app) { if (app.Environment.IsDevelopment()) { Log(\"\"\" { \"a\" \"\"\"); Log(@\"\\{\"); } "
            + "app.MapHealthChecks(\"/health\"); }"
    )]
    [InlineData("app.MapDefaultEndpoints(); app.MapGet(\"/health\", () => \"well\");", Template)]
    public async Task Build_AHealthCheckThatMayBeThere_IsAskedAsDeclared(string program, string extensions) =>
        Assert.Equal(
            new HttpProbe("http", "/health"),
            (await Solution(extensions, program).PlanAsync(static builder => Declare(builder)))
                .WorkloadNamed("api")
                .Probes.Readiness?.Action
        );

    [Fact]
    public async Task Build_AHealthCheckThatAnotherProjectMayMap_IsAskedAsDeclared() =>
        Assert.Equal(
            new HttpProbe("http", "/health"),
            (
                await Solution(Template)
                    .File(
                        "/shop/Api/Api.csproj",
                        Service.Replace(
                            "</ItemGroup>",
                            "<ProjectReference Include=\"../Common/Common.csproj\" /></ItemGroup>",
                            StringComparison.Ordinal
                        )
                    )
                    .File("/shop/Common/Common.csproj", "<Project />")
                    .File("/shop/Common/Health.cs", "app.MapHealthChecks(Path);")
                    .PlanAsync(static builder => Declare(builder))
            )
                .WorkloadNamed("api")
                .Probes.Readiness?.Action
        );

    [Fact]
    public async Task Build_AServiceWithOurDefaults_IsAskedAsDeclared() =>
        Assert.Equal(
            new HttpProbe("http", "/health"),
            (await Solution(Template).PlanAsync(static builder => Declare(builder).WithServiceDefaults()))
                .WorkloadNamed("api")
                .Probes.Readiness?.Action
        );

    [Fact]
    public async Task Build_WhatWasBuiltOfTheSource_IsNotRead() =>
        Assert.Equal(
            new TcpProbe("http"),
            (
                await Solution(Template)
                    .File("/shop/Shop.ServiceDefaults/obj/Old.cs", "void Old(WebApplication app) => app.MapHealthChecks(\"/health\");")
                    .PlanAsync(static builder => Declare(builder))
            )
                .WorkloadNamed("api")
                .Probes.Readiness?.Action
        );

    private static IResourceBuilder<ProjectResource> Declare(IDistributedApplicationBuilder builder) =>
        builder.AddProject<Planned.Web>("api").WithHttpHealthCheck("/health");

    private static Planned Solution(string extensions, string program = "app.MapDefaultEndpoints();") =>
        new Planned()
            .File("/shop/Api/Api.csproj", Service)
            .File("/shop/Api/Program.cs", program)
            .File("/shop/Shop.ServiceDefaults/Shop.ServiceDefaults.csproj", Shared)
            .File("/shop/Shop.ServiceDefaults/Extensions.cs", extensions);

    [Theory]
    [InlineData("ASPNETCORE_ENVIRONMENT", "Development", true)]
    [InlineData("DOTNET_ENVIRONMENT", "development", true)]
    [InlineData("ASPNETCORE_ENVIRONMENT", "Staging", false)]
    public async Task Build_AHealthCheckOfTheTemplate_IsAskedAsDeclared_WhereItIsDeployedForDevelopment(
        string name,
        string value,
        bool isAsked
    ) =>
        Assert.Equal(
            isAsked,
            (await Solution(Template).PlanAsync(builder => Declare(builder).WithEnvironment(name, value)))
                .WorkloadNamed("api")
                .Probes.Readiness?.Action is HttpProbe
        );

    [Fact]
    public async Task Build_AHealthCheckOfTheTemplate_InCapitalsAndWithAQuery_IsAConnectionToo() => Assert.Equal(new TcpProbe("http"), (
                await Solution(Template)
                    .PlanAsync(static builder =>
                    {
                        Declare(builder).WithHttpProbe(ProbeType.Liveness, "/Alive?full=1");
                    })
            ).WorkloadNamed("api").Probes.Liveness?.Action);
}
