namespace Aspire.Hosting.ApplicationModel;

/// <summary>Makes results of commands.</summary>
public static class CommandResults
{
    /// <summary>It went well.</summary>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Success() => new() { Success = true };

    /// <summary>It went well.</summary>
    /// <param name="message">What a person is told.</param>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Success(string message) => new() { Success = true, Message = message };

    /// <summary>It went well, and returns data.</summary>
    /// <param name="message">What a person is told.</param>
    /// <param name="result">The data.</param>
    /// <param name="resultFormat">How it is written.</param>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Success(string message, string result, CommandResultFormat resultFormat = CommandResultFormat.Text)
        => Success(message, result, resultFormat, displayImmediately: false);

    /// <summary>It went well, and returns data.</summary>
    /// <param name="message">What a person is told.</param>
    /// <param name="result">The data.</param>
    /// <param name="resultFormat">How it is written.</param>
    /// <param name="displayImmediately">Whether it is shown without being asked for.</param>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Success(string message, string result, CommandResultFormat resultFormat, bool displayImmediately)
        => Success(message, new CommandResultData { Value = result, Format = resultFormat, DisplayImmediately = displayImmediately });

    /// <summary>It went well, and returns data.</summary>
    /// <param name="message">What a person is told.</param>
    /// <param name="value">The data.</param>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Success(string message, CommandResultData value) => new() { Success = true, Message = message, Data = value };

    /// <summary>It failed.</summary>
    /// <param name="errorMessage">What a person is told.</param>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Failure(string? errorMessage = null) => new() { Success = false, Message = errorMessage };

    /// <summary>It failed, and returns data.</summary>
    /// <param name="errorMessage">What a person is told.</param>
    /// <param name="result">The data.</param>
    /// <param name="resultFormat">How it is written.</param>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Failure(string errorMessage, string result, CommandResultFormat resultFormat = CommandResultFormat.Text)
        => Failure(errorMessage, new CommandResultData { Value = result, Format = resultFormat });

    /// <summary>It failed, and returns data.</summary>
    /// <param name="errorMessage">What a person is told.</param>
    /// <param name="value">The data.</param>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Failure(string errorMessage, CommandResultData value) => new() { Success = false, Message = errorMessage, Data = value };

    /// <summary>It failed.</summary>
    /// <param name="exception">Why; a person is told its message.</param>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Failure(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Failure(exception.Message);
    }

    /// <summary>Somebody called it off.</summary>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Canceled() => new() { Success = false, Canceled = true };
}
