using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Tools;

namespace AspireDeploy.Processes;

/// <summary>Gives a server's process the arguments and variables of one start, and takes them away again before the next.</summary>
/// <param name="command">What is started.</param>
internal sealed class ServerCommandAnnotation(ProcessCommand command) : IResourceAnnotation
{
    private readonly CommandLineArgsCallbackAnnotation _arguments = new(arguments =>
    {
        // Before any that another has added for the executable.
        for (var index = 0; index < command.Arguments.Count; index++)
        {
            arguments.Insert(index, command.Arguments[index]);
        }
    });

    private readonly EnvironmentCallbackAnnotation _variables = new(variables =>
    {
        foreach (var (name, value) in command.Environment)
        {
            variables[name] = value;
        }
    });

    internal void AddTo(ServerProcess process)
    {
        process.Annotations.Add(this);
        process.Annotations.Add(_arguments);
        process.Annotations.Add(_variables);
    }

    internal void RemoveFrom(ServerProcess process)
    {
        process.Annotations.Remove(this);
        process.Annotations.Remove(_arguments);
        process.Annotations.Remove(_variables);
    }
}
