using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Declares an application.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>The configuration: settings files, user secrets, environment variables, the command line.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>The directory of the AppHost's project.</summary>
    string AppHostDirectory { get; }

    /// <summary>The AppHost's assembly, if it is known.</summary>
    Assembly? AppHostAssembly { get; }

    /// <summary>The host's environment.</summary>
    IHostEnvironment Environment { get; }

    /// <summary>The services that the application is run with.</summary>
    IServiceCollection Services { get; }

    /// <summary>Events of the application's and its resources' lives.</summary>
    IDistributedApplicationEventing Eventing { get; }

    /// <summary>What the AppHost was started for.</summary>
    DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>Keeps values out of the source tree, in the AppHost's user secrets.</summary>
    [Experimental("ASPIREUSERSECRETS001")]
    IUserSecretsManager UserSecretsManager => throw new NotSupportedException("This builder has no user secrets.");

    /// <summary>The resources added so far.</summary>
    IResourceCollection Resources { get; }

    /// <summary>The steps that publish, build, push, deploy or destroy the application.</summary>
    [Experimental("ASPIREPIPELINES001")]
    IDistributedApplicationPipeline Pipeline { get; }

    /// <summary>Adds a resource.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="resource">The resource.</param>
    /// <returns>A builder to declare more about it.</returns>
    /// <exception cref="DistributedApplicationException">The name is malformed, or another resource has it.</exception>
    IResourceBuilder<T> AddResource<T>(T resource) where T : IResource;

    /// <summary>Makes a builder for a resource without adding it.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="resource">The resource.</param>
    /// <returns>A builder to declare things about it.</returns>
    IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource;

    /// <summary>Builds the application. It does not run yet.</summary>
    /// <returns>The application.</returns>
    DistributedApplication Build();
}
