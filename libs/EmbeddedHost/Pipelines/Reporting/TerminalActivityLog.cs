using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

/// <summary>
/// Writes a line for everything that happened, with the time since the pipeline began and the step's name, so that lines of steps that run at the same
/// time can be told apart, by a person and by <c>grep</c>.
/// </summary>
/// <param name="output">Where the lines go.</param>
/// <param name="colours">Whether the output shows colours.</param>
/// <param name="clock">The time.</param>
internal sealed class TerminalActivityLog(TextWriter output, bool colours, TimeProvider clock) : IActivityLog
{
    private readonly long _started = clock.GetTimestamp();
    private readonly Lock _lock = new();

    public void Write(Activity activity)
    {
        switch (activity)
        {
            case StepActivity { State: not CompletionState.InProgress } step:
                Line(step.Step, Ended(step.State, step.Elapsed, step.Text));
                break;
            case TaskActivity { State: CompletionState.InProgress } task:
                Line(task.Step, task.Text);
                break;
            case TaskActivity task:
                Line(task.Step, $"{task.Status}: {Ended(task.State, task.Elapsed, task.Text)}");
                break;
            case LogActivity log:
                Line(log.Step, log.Level switch
                {
                    LogLevel.Warning => $"{Colour(33, "warning")}: {log.Text}",
                    LogLevel.Error or LogLevel.Critical => $"{Colour(31, "error")}: {log.Text}",
                    _ => log.Text,
                });
                break;
            case EndActivity { Summary: [_, ..] summary }:
                var width = summary.Max(item => item.Key.Length);
                foreach (var item in summary)
                {
                    Write($"{item.Key.PadRight(width)}  {item.Value}");
                }

                break;
            default:
                break;
        }
    }

    private string Ended(CompletionState state, TimeSpan elapsed, string text)
    {
        var (colour, word) = state switch
        {
            CompletionState.CompletedWithError => (31, "failed"),
            CompletionState.CompletedWithWarning => (33, "done, with a warning"),
            _ => (32, "done"),
        };
        var ended = $"{Colour(colour, word)} in {Seconds(elapsed)} s";
        return text.Length == 0 ? ended : $"{ended}: {text}";
    }

    private void Line(ActivityStep step, string text)
    {
        var time = $"{Seconds(clock.GetElapsedTime(_started)),7} s  ";
        var title = step.Title.Length == 0 ? "" : $"{step.Title}: ";
        Write(Colour(2, time) + title + text.ReplaceLineEndings(Environment.NewLine + new string(' ', time.Length)));
    }

    private void Write(string line)
    {
        lock (_lock)
        {
            output.WriteLine(line);
        }
    }

    private string Colour(int code, string text) => colours ? $"\e[{code}m{text}\e[0m" : text;

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
}
