using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EmbeddedHost.Tests.ApplicationModel.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.ApplicationModel.Commands;

public sealed class ResourceCommandServiceTests : IDisposable
{
    private readonly ResourceLoggerService _loggers = new();
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceCommandService _commands;

    public ResourceCommandServiceTests()
    {
        _notifications = Publishing.Create(_loggers);
        _commands = new ResourceCommandService(_notifications, _loggers, new ServiceCollection().BuildServiceProvider());
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _notifications.Dispose();
        _loggers.Dispose();
    }

    [Fact]
    public async Task Execute_Instance_RunsThereAndNowhereElse()
    {
        var ran = new ConcurrentBag<string>();
        await KnownAsync(Publishing.Replicated("api", 3), Command("drain", context =>
        {
            ran.Add(context.ResourceName);
            return CommandResults.Success("drained");
        }));

        var result = await _commands.ExecuteCommandAsync("api-1", "Drain", Token);

        Assert.Equal("drained", result.Message);
        Assert.Equal(["api-1"], ran);
    }

    [Fact]
    public async Task Execute_ResourceWithReplicas_RunsOnAllAndNamesThoseThatFailed()
    {
        var ran = new ConcurrentBag<string>();
        var api = await KnownAsync(Publishing.Replicated("api", 3), Command("drain", context =>
        {
            ran.Add(context.ResourceName);
            return context.ResourceName == "api-2" ? throw new InvalidOperationException("still busy") : CommandResults.Success();
        }));

        var result = await _commands.ExecuteCommandAsync(api, "drain", Token);
        var byName = await _commands.ExecuteCommandAsync("api", "drain", Token);

        Assert.False(result.Success);
        Assert.Equal("'drain' failed on 1 of 3 instances. api-2: still busy", result.Message);
        Assert.Equal(result.Message, byName.Message);
        Assert.Equal(["api-0", "api-0", "api-1", "api-1", "api-2", "api-2"], ran.Order());
    }

    [Fact]
    public async Task Execute_CalledOff_IsCanceled()
    {
        using var cancelling = new CancellationTokenSource();
        await KnownAsync(Publishing.Resource("api"), new ResourceCommandAnnotation(
            "hang", "Hang", _ => ResourceCommandState.Enabled, async context =>
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return CommandResults.Success();
            }, null, (object?)null, null, null, null, false));

        var executing = _commands.ExecuteCommandAsync("api", "hang", cancelling.Token);
        await cancelling.CancelAsync();

        Assert.True((await executing).Canceled);
    }

    [Theory]
    [InlineData("api", "dance", "The resource 'api' has no command 'dance'.")]
    [InlineData("web", "drain", "There is no resource 'web'.")]
    public async Task Execute_WhatIsNotThere_SaysSo(string resource, string command, string message)
    {
        await KnownAsync(Publishing.Resource("api"), Command("drain", _ => CommandResults.Success()));

        Assert.Equal(message, (await _commands.ExecuteCommandAsync(resource, command, Token)).Message);
    }

    [Theory]
    [InlineData(null, "Count: A value is required.")]
    [InlineData("many", "Count: 'many' is not a number.")]
    [InlineData("13", "Count: Not 13.")]
    [InlineData(" 3 ", null)]
    public async Task Execute_WithArguments_ChecksThemFirst(string? value, string? mistake)
    {
        var seen = new List<int>();
        await KnownAsync(Publishing.Resource("api"), new ResourceCommandAnnotation(
            "scale", "Scale", _ => ResourceCommandState.Enabled, context =>
            {
                seen.Add(context.Arguments.GetInt32("count"));
                return Task.FromResult(CommandResults.Success());
            },
            null,
            [new InteractionInput { Name = "count", Label = "Count", InputType = InputType.Number, Required = true }],
            null, null, null, false, ResourceCommandVisibility.UI, context =>
            {
                if (context.Inputs["count"].Value == "13")
                    context.AddValidationError("count", "Not 13.");
                return Task.CompletedTask;
            }));
        var given = new InteractionInputCollection([new InteractionInput { Name = "COUNT", InputType = InputType.Number, Value = value }]);

        var result = await _commands.ExecuteCommandAsync("api", "scale", given, Token);

        Assert.Equal(mistake, result.Message);
        Assert.Equal(mistake is null ? [3] : [], seen);
    }

    private static ResourceCommandAnnotation Command(string name, Func<ExecuteCommandContext, ExecuteCommandResult> execute) => new(
        name, name, _ => ResourceCommandState.Enabled, context => Task.FromResult(execute(context)), null, (object?)null, null, null, null, false);

    private async Task<IResource> KnownAsync(IResource resource, ResourceCommandAnnotation command)
    {
        resource.Annotations.Add(command);
        await _notifications.PublishUpdateAsync(resource, s => s with { State = KnownResourceStates.Running });
        return resource;
    }
}
