using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace EmbeddedHost.Tests.Dashboard;

/// <summary>A resource with a command that greets, and one that fails.</summary>
internal sealed class CommandedResource : Resource
{
    public CommandedResource(string name) : base(name)
    {
        Annotations.Add(Command("greet", "Greet", context =>
        {
            Greeted.TrySetResult(context.ResourceName);
            return new ExecuteCommandResult { Success = true, Message = $"{context.Arguments["word"].Value} {context.ResourceName}" };
        }, new InteractionInput { Name = "word", InputType = InputType.Text, Value = "hello" }));
        Annotations.Add(Command("fail", "Fail", _ => new ExecuteCommandResult { Success = false, Message = "no luck" }));
    }

    /// <summary>The instance that was greeted, once one was.</summary>
    public TaskCompletionSource<string> Greeted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static ResourceCommandAnnotation Command(
        string name, string displayName, Func<ExecuteCommandContext, ExecuteCommandResult> execute, params InteractionInput[] arguments) =>
        new(name, displayName, _ => ResourceCommandState.Enabled, context => Task.FromResult(execute(context)), null, arguments, null, "HandWave", IconVariant.Regular, isHighlighted: true);
}
