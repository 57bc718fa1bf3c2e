namespace AspireDeploy.ServiceDefaults;

/// <summary>
/// A setting is missing or can't be used. The message is for the person who set it: which setting, what is wrong, what to do. It is
/// printed alone, without a stack trace, and ends the process with <see cref="ExitCode"/>.
/// </summary>
/// <param name="message">One line: which setting, what is wrong with it, what to do.</param>
public sealed class SettingException(string message) : Exception(message)
{
    /// <summary>The exit code of a process that is wrongly configured: 2.</summary>
    public const int ExitCode = 2;
}
