using AspireDeploy.Model;
using AspireDeploy.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace AspireDeploy.Tests.Reading;

/// <summary>The plan of a small declaration, of a solution in <c>/shop</c> that has the files it is given.</summary>
internal sealed class Planned : ISolutionFiles
{
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);

    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    internal Planned File(string path, string text) => File(path, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Adds a link that has a file's content.</summary>
    internal Planned Link(string path, string target, string text)
    {
        _links[path] = target;
        return File(path, text);
    }

    internal Planned File(string path, byte[] bytes)
    {
        _files[path] = bytes;
        return this;
    }

    internal static Task<DeploymentPlan> OfAsync(Action<IDistributedApplicationBuilder> declare) => new Planned().PlanAsync(declare);

    internal static async Task<Workload> WorkloadAsync(string name, Action<IDistributedApplicationBuilder> declare) =>
        (await OfAsync(declare)).WorkloadNamed(name);

    /// <summary>Returns what falls short of a declaration, and what of it isn't deployed, a line each.</summary>
    internal static Task<string[]> ShortAsync(Action<IDistributedApplicationBuilder> declare) => new Planned().FallsShortAsync(declare);

    internal async Task<string[]> FallsShortAsync(Action<IDistributedApplicationBuilder> declare)
    {
        var plan = await PlanAsync(declare);
        return
        [
            .. plan.Workloads.SelectMany(static workload =>
                workload.Shortfalls.Select(shortfall =>
                    $"{workload.Name}.{AspireDeploy.Targets.Concepts.Definition(shortfall.Concept).Key} ({shortfall.Declared}) "
                    + $"{(shortfall.IsLost ? "lost" : "weakened")}: {shortfall.What}. Remedy: {shortfall.Remedy}"
                )
            ),
            // Every project's, and a test of its own.
            .. plan
                .LeftOut.Where(static left => left.Name != "telemetry")
                .Select(static left => $"{left.Name} isn't deployed: {AspireDeploy.Reports.ReportTerminal.Words(left)}"),
        ];
    }

    internal static Task<string[]> RefusalsAsync(Action<IDistributedApplicationBuilder> declare) => new Planned().RefusedAsync(declare);

    internal async Task<string[]> RefusedAsync(Action<IDistributedApplicationBuilder> declare) =>
        [.. (await Assert.ThrowsAsync<PlanException>(() => PlanAsync(declare))).Errors.Select(static error => error.ToString())];

    internal async Task<DeploymentPlan> PlanAsync(Action<IDistributedApplicationBuilder> declare)
    {
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions { Args = ["--operation", "publish"], DisableDashboard = true }
        );
        declare(builder);
        // Of the services that callbacks may ask for, none is there: nothing is built.
        var execution = new DistributedApplicationExecutionContext(
            new DistributedApplicationExecutionContextOptions(DistributedApplicationOperation.Publish)
            {
                Services = new ServiceCollection().BuildServiceProvider(),
            }
        );
        return await PlanBuilder.BuildAsync(
            new(builder.Resources),
            execution,
            new("shop", "1.0.0", "/shop/AppHost", "/shop") { Files = this },
            TestContext.Current.CancellationToken
        );
    }

    IReadOnlyList<string> ISolutionFiles.Under(string path) =>
        [.. _files.Keys.Where(file => file == path || file.StartsWith(path + "/", StringComparison.Ordinal))];

    string ISolutionFiles.Target(string path) => _links.GetValueOrDefault(path, path);

    bool ISolutionFiles.IsFolder(string path) => _files.Keys.Any(file => file.StartsWith(path + "/", StringComparison.Ordinal));

    bool ISolutionFiles.IsFile(string path) => _files.ContainsKey(path);

    byte[] ISolutionFiles.Read(string path) => _files[path];

    bool ISolutionFiles.IsExecutable(string path) => path.EndsWith(".sh", StringComparison.Ordinal);

    /// <summary>A project that listens for HTTP, as one with a launch profile does.</summary>
    internal sealed class Web : IProjectMetadata
    {
        public string ProjectPath => "/shop/Api/Api.csproj";

        public LaunchSettings? LaunchSettings { get; } =
            new()
            {
                Profiles =
                {
                    ["http"] = new() { CommandName = "Project", ApplicationUrl = "http://localhost:5080" },
                },
            };
    }

    /// <summary>A project that listens for nothing.</summary>
    internal sealed class Worker : IProjectMetadata
    {
        public string ProjectPath => "/shop/Worker/Worker.csproj";

        public LaunchSettings? LaunchSettings { get; } = new();
    }
}
