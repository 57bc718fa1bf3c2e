using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Local.Gateways;
using AspireDeploy.Tests.Concepts;

namespace AspireDeploy.Tests.Local.Gateways;

public sealed class ForwardedRequestsTests
{
    private readonly IResourceBuilder<ProjectResource> _api = Declared.Application().Project("api");

    [Fact]
    public async Task Project_BehindAGateway_BelievesIt() => Assert.Equal("true", await SettingAsync(_api));

    [Fact]
    public async Task Project_ThatSaysOtherwise_IsLeftAsItIs() =>
        Assert.Equal("false", await SettingAsync(_api.WithEnvironment(ForwardedRequests.Variable, "false")));

    [Fact]
    public async Task Project_ThatDisablesForwardedHeaders_DoesNotBelieveIt() =>
        Assert.Null(await SettingAsync(_api.DisableForwardedHeaders()));

    private static async Task<object?> SettingAsync(IResourceBuilder<ProjectResource> api)
    {
        ForwardedRequests.Trust(api.Resource);
        var context = new EnvironmentCallbackContext(
            new DistributedApplicationExecutionContext(DistributedApplicationOperation.Run),
            api.Resource
        );
        foreach (var callback in api.Resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await callback.Callback(context);
        return context.EnvironmentVariables.GetValueOrDefault(ForwardedRequests.Variable);
    }
}
