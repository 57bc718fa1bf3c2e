namespace AspireDeploy.Tools;

/// <summary>Names a program to start as it stands: one process, no shell around it.</summary>
/// <param name="ExecutablePath">Full path of the program.</param>
/// <param name="Arguments">Its arguments; none of them is a secret.</param>
/// <param name="WorkingDirectory">Where it starts.</param>
/// <param name="Environment">Variables it needs beyond those it inherits.</param>
internal sealed record ProcessCommand(
    string ExecutablePath,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment
);
