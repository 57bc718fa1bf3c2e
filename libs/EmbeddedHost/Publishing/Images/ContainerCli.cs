using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.BackingServices;

namespace Aspire.Hosting.Publishing;

/// <summary>A container engine, through its command. Docker's and Podman's are the same as far as we go.</summary>
/// <param name="name">The engine's name, as the .NET SDK writes it too.</param>
/// <param name="path">The command.</param>
internal sealed class ContainerCli(string name, string path) : IContainerRuntime
{
    public string Name => name;

    public async Task<bool> CheckIfRunningAsync(CancellationToken cancellationToken) => (await RunAsync(["version", "--format", "{{.Server.Version}}"], "", cancellationToken).ConfigureAwait(false)).ExitCode == 0;

    public Task TagImageAsync(string localImageName, string targetImageName, CancellationToken cancellationToken) =>
        SucceedAsync($"Image '{localImageName}' can't be named '{targetImageName}'", ["tag", localImageName, targetImageName], "", cancellationToken);

    public Task RemoveImageAsync(string imageName, CancellationToken cancellationToken) => SucceedAsync($"Image '{imageName}' can't be removed", ["rmi", imageName], "", cancellationToken);

    public async Task PushImageAsync(IResource resource, CancellationToken cancellationToken)
    {
        var image = await RemoteImage.OfAsync(resource, cancellationToken).ConfigureAwait(false);
        await SucceedAsync($"Image '{image}' can't be pushed", ["push", image], "", cancellationToken).ConfigureAwait(false);
    }

    public Task LoginToRegistryAsync(string registryServer, string username, string password, CancellationToken cancellationToken) =>
        SucceedAsync($"'{username}' can't log in to '{registryServer}'", ["login", registryServer, "--username", username, "--password-stdin"], password, cancellationToken);

    private async Task SucceedAsync(string failure, string[] arguments, string input, CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(arguments, input, cancellationToken).ConfigureAwait(false);
        if (outcome.ExitCode != 0)
        {
            throw new DistributedApplicationException($"{failure}: {outcome.Complaint}");
        }
    }

    private Task<OneShot.Outcome> RunAsync(string[] arguments, string input, CancellationToken cancellationToken) =>
        OneShot.RunAsync(new(path, arguments, Directory.GetCurrentDirectory(), new Dictionary<string, string>()), input, cancellationToken);
}
