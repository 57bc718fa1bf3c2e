using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// Runs an AppHost's <c>Main</c> on a thread of its own, up to its <c>Build()</c>. There it is held until the test has added what it wants; once the
/// application is built, <c>Main</c> is unwound, and the test has the application.
/// </summary>
internal sealed class EntryPointRun : IDisposable
{
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _declared = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _mayBuild = new();
    private readonly Assembly _appHost;
    private readonly string[] _args;

    private EntryPointRun(Assembly appHost, string[] args)
    {
        _appHost = appHost;
        _args = args;
    }

    /// <summary>The builder, once <c>Main</c> has declared everything.</summary>
    public Task<DistributedApplicationBuilder> Declared => _declared.Task;

    /// <summary>Begins to run the entry point of an AppHost.</summary>
    /// <param name="entryPoint">A type of its assembly.</param>
    /// <param name="args">Its command line.</param>
    /// <param name="creating">Called with the options before a builder is made from them.</param>
    /// <param name="created">Called with the builder before anything is declared.</param>
    /// <exception cref="InvalidOperationException">The assembly has no entry point.</exception>
    public static EntryPointRun Begin(
        Type entryPoint,
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> creating,
        Action<DistributedApplicationBuilder> created)
    {
        var appHost = entryPoint.Assembly;
        var main = appHost.EntryPoint ?? throw new InvalidOperationException($"'{appHost.GetName().Name}', the assembly of {entryPoint}, has no entry point: name a type of an AppHost.");
        var run = new EntryPointRun(appHost, args);
        var hook = new EntryPointHook
        {
            Creating = (options, settings) =>
            {
                TestSettings.Apply(appHost, args, options, settings);
                creating(options, settings);
            },
            Created = created,
            Building = run.Hold,
            Built = run.Unwind,
        };
        new Thread(() => run.Main(main, hook)) { IsBackground = true, Name = $"Main of {appHost.GetName().Name}" }.Start();
        return run;
    }

    /// <summary>Lets <c>Main</c> build.</summary>
    public async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _mayBuild.TrySetResult(true);
        return await _built.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Unwinds <c>Main</c> if it is still held.</summary>
    public void Dispose() => _mayBuild.TrySetResult(false);

    private void Hold(DistributedApplicationBuilder builder)
    {
        _declared.TrySetResult(builder);
        if (!_mayBuild.Task.GetAwaiter().GetResult())
        {
            throw new HostAbortedException();
        }
    }

    private void Unwind(DistributedApplication application)
    {
        _built.TrySetResult(application);
        throw new HostAbortedException();
    }

    private void Main(MethodInfo main, EntryPointHook hook)
    {
        EntryPointHook.Current = hook;
        try
        {
            main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, main.GetParameters().Length == 0 ? null : [_args], null);
            Fail(new InvalidOperationException($"The entry point of '{_appHost.GetName().Name}' ended before it built an application."));
        }
        catch (HostAbortedException)
        {
            Fail(new OperationCanceledException("The run was abandoned before its application was built."));
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    /// <summary>Tells those who wait for what will not come; what has come stays.</summary>
    private void Fail(Exception e)
    {
        _declared.TrySetException(e);
        _built.TrySetException(e);
    }
}
