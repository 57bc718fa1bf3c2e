using System.Reflection;

namespace Aspire.Hosting;

/// <summary>How an application is declared and run.</summary>
public class DistributedApplicationOptions
{
    /// <summary>The AppHost's command line.</summary>
    public string[]? Args { get; set; }

    /// <summary>The AppHost's assembly name; the entry assembly's if null.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>The directory of the AppHost's project; what its build wrote into the assembly if null.</summary>
    public string? ProjectDirectory { get; set; }

    /// <summary>The name that the dashboard shows; the AppHost's if null.</summary>
    public string? DashboardApplicationName { get; set; }

    /// <summary>Runs without the dashboard. The default is false.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>Lets the dashboard and its services use plain HTTP. The default is false; loopback may always use it here.</summary>
    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>Copies every resource's console output to the AppHost's log. The default is false.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>A registry that images are pulled from instead of the one they name.</summary>
    public string? ContainerRegistryOverride { get; set; }

    /// <summary>Whether resources are told to trust the development certificate; null leaves it to each of them.</summary>
    public bool? TrustDeveloperCertificate { get; set; }

    internal Assembly? Assembly => field ??= AssemblyName is null ? Assembly.GetEntryAssembly() : Assembly.Load(AssemblyName);

    /// <summary>Set where something else than the AppHost's own <c>Main</c> drives the application, such as a test.</summary>
    internal bool IsDriven { get; set; }
}
