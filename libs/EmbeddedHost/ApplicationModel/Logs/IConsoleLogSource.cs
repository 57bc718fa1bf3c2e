namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where the console lines of one run of an instance come from.</summary>
internal interface IConsoleLogSource
{
    /// <summary>Reads the lines from the first on. Lines of the standard output and error streams may come in any order: they are sorted by their timestamps.</summary>
    /// <param name="follow">Whether to wait for further lines until the run has ended; otherwise reading ends with what there is.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<IReadOnlyList<ConsoleLine>> ReadAsync(bool follow, CancellationToken cancellationToken);
}
