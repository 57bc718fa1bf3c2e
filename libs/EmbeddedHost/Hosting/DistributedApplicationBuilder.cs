using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Declares an application. <see cref="DistributedApplication.CreateBuilder(string[])"/> makes one.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The application's services own the files once it is built.")]
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly DistributedApplicationOptions _options;
    private readonly DistributedApplicationExecutionContextOptions _contextOptions;
    private readonly HostApplicationBuilder _host;
    private readonly TempFiles _tempFiles = new();
    private readonly EntryPointHook? _hook = EntryPointHook.Current;

    /// <summary>Creates a builder for an AppHost started with a command line.</summary>
    /// <param name="args">The command line.</param>
    /// <exception cref="DistributedApplicationException">An option is unknown, or its value is missing.</exception>
    public DistributedApplicationBuilder(string[] args) : this(new DistributedApplicationOptions { Args = args })
    {
    }

    /// <summary>Creates a builder.</summary>
    /// <param name="options">How the application is declared and run.</param>
    /// <exception cref="DistributedApplicationException">An option is unknown, or its value is missing.</exception>
    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;

        var settings = new HostApplicationBuilderSettings();
        _hook?.Creating(options, settings);
        options.IsDriven |= _hook is not null;
        if (!options.IsDriven)
        {
            Mistakes.ShowUnhandledOnOneLine();
        }

        var arguments = AppHostArguments.Parse([.. options.Args ?? [], .. settings.Args ?? []], strict: !options.IsDriven);
        Identity = AppHostIdentity.Of(options, options.Assembly?.GetName().Name ?? "AppHost", settings.ContentRootPath ?? System.IO.Directory.GetCurrentDirectory());

        settings.Args = null;
        settings.ApplicationName ??= options.Assembly?.GetName().Name;
        settings.EnvironmentName ??= arguments.GetValueOrDefault("environment");
        settings.ContentRootPath ??= System.IO.Directory.Exists(Identity.Directory) ? Identity.Directory : null;
        _host = new HostApplicationBuilder(settings);
        _host.Configuration.AddInMemoryCollection(Known());
        _host.Configuration.AddInMemoryCollection(arguments);

        _contextOptions = AppHostOperation.Read(_host.Configuration);
        ExecutionContext = new(_contextOptions);
        _host.Configuration["AppHost:Sha256"] = ExecutionContext.IsPublishMode ? Identity.NameSha256 : Identity.PathSha256;
        UserSecretsManager = UserSecrets.Of(options.Assembly, _host.Configuration);

        if (ExecutionContext.IsRunMode)
        {
            Eventing.Subscribe<BeforeStartEvent>((@event, _) =>
            {
                InstanceNames.Give(@event.Model.Resources);
                return Task.CompletedTask;
            });
        }

        Eventing.Subscribe<BeforeStartEvent>((_, _) => DeclarationEffects.ApplyAsync(Resources, options));
        _host.AddHosting(this, options);
        _hook?.Created(this);
    }

    /// <inheritdoc />
    public ConfigurationManager Configuration => _host.Configuration;

    /// <inheritdoc />
    public string AppHostDirectory => Identity.Directory;

    /// <summary>The AppHost's project, without an extension.</summary>
    public string AppHostPath => Identity.Path;

    /// <inheritdoc />
    public Assembly? AppHostAssembly => _options.Assembly;

    /// <inheritdoc />
    public IHostEnvironment Environment => _host.Environment;

    /// <inheritdoc />
    public IServiceCollection Services => _host.Services;

    /// <inheritdoc />
    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    /// <inheritdoc />
    public DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <inheritdoc />
    public IResourceCollection Resources { get; } = new ResourceCollection();

    /// <inheritdoc />
    public IDistributedApplicationPipeline Pipeline { get; } = new DistributedApplicationPipeline();

    /// <inheritdoc />
    public IFileSystemService FileSystemService => _tempFiles;

    /// <inheritdoc />
    public IUserSecretsManager UserSecretsManager { get; }

    internal AppHostIdentity Identity { get; }

    /// <inheritdoc />
    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        ResourceNameRules.Check(resource.Name, resource.Annotations.OfType<NameValidationPolicyAnnotation>().LastOrDefault() ?? NameValidationPolicyAnnotation.Default);
        if (Resources.TryGetByName(resource.Name, out var other))
        {
            throw new DistributedApplicationException(
                $"Resource name '{resource.Name}' is used twice, by '{other.Name}' ({other.GetType().Name}) and by '{resource.Name}' ({resource.GetType().Name}). Give one of them another name; case makes no difference.");
        }

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    /// <inheritdoc />
    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new ResourceBuilder<T>(this, resource);
    }

    /// <inheritdoc />
    public DistributedApplication Build()
    {
        _hook?.Building(this);
        DeclarationRules.Check(Resources);

        var application = new DistributedApplication(_host.Build());
        _contextOptions.Services = application.Services;
        _ = application.Services.GetRequiredService<IFileSystemService>();
        _hook?.Built(application);
        return application;
    }

    private Dictionary<string, string?> Known() => new()
    {
        ["AppHost:Directory"] = Identity.Directory,
        ["AppHost:Path"] = Identity.Path,
        ["AppHost:DashboardApplicationName"] = _options.DashboardApplicationName ?? Identity.Name,
        ["AppHost:PathSha256"] = Identity.PathSha256,
        ["AppHost:ProjectNameSha256"] = Identity.NameSha256,
    };
}
