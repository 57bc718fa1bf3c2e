using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// Runs applications in tests. Unless the test says otherwise, they listen on free ports, keep no data and have no dashboard, so that several can run at once.
/// </summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Runs the entry point of an AppHost up to its <c>Build()</c>.</summary>
    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly, such as <c>Projects.AppHost</c>.</typeparam>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the AppHost declared, for the test to add to and build.</returns>
    /// <exception cref="InvalidOperationException">The assembly has no entry point, or it ended without building an application.</exception>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default) where TEntryPoint : class =>
        CreateAsync(typeof(TEntryPoint), cancellationToken);

    /// <summary>Runs the entry point of an AppHost up to its <c>Build()</c>.</summary>
    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly, such as <c>Projects.AppHost</c>.</typeparam>
    /// <param name="args">The AppHost's command line.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the AppHost declared, for the test to add to and build.</returns>
    /// <exception cref="InvalidOperationException">The assembly has no entry point, or it ended without building an application.</exception>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default) where TEntryPoint : class =>
        CreateAsync(typeof(TEntryPoint), args, cancellationToken);

    /// <summary>Runs the entry point of an AppHost up to its <c>Build()</c>.</summary>
    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly, such as <c>Projects.AppHost</c>.</typeparam>
    /// <param name="args">The AppHost's command line.</param>
    /// <param name="configureBuilder">Changes how the application is declared and run, such as whether it has a dashboard.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the AppHost declared, for the test to add to and build.</returns>
    /// <exception cref="InvalidOperationException">The assembly has no entry point, or it ended without building an application.</exception>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default) => CreateAsync(typeof(TEntryPoint), args, configureBuilder, cancellationToken);

    /// <summary>Runs the entry point of an AppHost up to its <c>Build()</c>.</summary>
    /// <param name="entryPoint">A type of the AppHost's assembly.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the AppHost declared, for the test to add to and build.</returns>
    /// <exception cref="InvalidOperationException">The assembly has no entry point, or it ended without building an application.</exception>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, [], cancellationToken);

    /// <summary>Runs the entry point of an AppHost up to its <c>Build()</c>.</summary>
    /// <param name="entryPoint">A type of the AppHost's assembly.</param>
    /// <param name="args">The AppHost's command line.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the AppHost declared, for the test to add to and build.</returns>
    /// <exception cref="InvalidOperationException">The assembly has no entry point, or it ended without building an application.</exception>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, string[] args, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, args, (_, _) => { }, cancellationToken);

    /// <summary>Runs the entry point of an AppHost up to its <c>Build()</c>.</summary>
    /// <param name="entryPoint">A type of the AppHost's assembly.</param>
    /// <param name="args">The AppHost's command line.</param>
    /// <param name="configureBuilder">Changes how the application is declared and run, such as whether it has a dashboard.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the AppHost declared, for the test to add to and build.</returns>
    /// <exception cref="InvalidOperationException">The assembly has no entry point, or it ended without building an application.</exception>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint,
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entryPoint);
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(configureBuilder);
        var run = EntryPointRun.Begin(entryPoint, args, configureBuilder, _ => { });
        try
        {
            return new TestingBuilder(await run.Declared.WaitAsync(cancellationToken).ConfigureAwait(false), run.BuildAsync, run.Dispose);
        }
        catch (OperationCanceledException)
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>Begins a declaration that is all the test's own.</summary>
    /// <param name="args">The command line of an AppHost.</param>
    /// <returns>A builder without resources.</returns>
    public static IDistributedApplicationTestingBuilder Create(params string[] args) => Create(args, (_, _) => { });

    /// <summary>Begins a declaration that is all the test's own.</summary>
    /// <param name="args">The command line of an AppHost.</param>
    /// <param name="configureBuilder">Changes how the application is declared and run, such as whether it has a dashboard.</param>
    /// <returns>A builder without resources.</returns>
    public static IDistributedApplicationTestingBuilder Create(string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(configureBuilder);
        var hook = new EntryPointHook
        {
            Creating = (options, settings) =>
            {
                TestSettings.Apply(Assembly.GetEntryAssembly()!, args, options, settings);
                configureBuilder(options, settings);
            },
            Created = _ => { },
            Building = _ => { },
            Built = _ => { },
        };
        EntryPointHook.Current = hook;
        try
        {
            var builder = new DistributedApplicationBuilder([]);
            return new TestingBuilder(builder, _ => Task.FromResult(builder.Build()), () => { });
        }
        finally
        {
            EntryPointHook.Current = null;
        }
    }
}
