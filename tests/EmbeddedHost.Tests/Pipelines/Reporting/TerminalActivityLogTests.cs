using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Pipelines.Reporting;

public sealed class TerminalActivityLogTests : IDisposable
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly HandClock _clock = new();

    [Fact]
    public async Task Lines_BearTheTimeAndTheStep()
    {
        var reporter = new ActivityReporter(new TerminalActivityLog(_output, colours: false, _clock), _clock);
        await using (var step = await reporter.CreateStepAsync("build-api", TestContext.Current.CancellationToken))
        {
            _clock.Advance(TimeSpan.FromSeconds(0.5));
            step.Log(LogLevel.Information, "two" + Environment.NewLine + "lines");
            var task = await step.CreateTaskAsync("building image", TestContext.Current.CancellationToken);
            _clock.Advance(TimeSpan.FromSeconds(61));
            await task.WarnAsync("no digest", TestContext.Current.CancellationToken);
        }

        await reporter.CompletePublishAsync(new PublishCompletionOptions { PipelineSummary = [new("api", "api:1", false), new("migrator", "migrator:1", false)] }, TestContext.Current.CancellationToken);

        Assert.Equal(
            """
               0.50 s  build-api: two
                       lines
               0.50 s  build-api: building image
              61.50 s  build-api: building image: done, with a warning in 61.00 s: no digest
              61.50 s  build-api: done, with a warning in 61.50 s
            api       api:1
            migrator  migrator:1

            """,
            _output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Failure_OnATerminal_IsRed()
    {
        var reporter = new ActivityReporter(new TerminalActivityLog(_output, colours: true, _clock), _clock);
        var step = await reporter.CreateStepAsync("push", TestContext.Current.CancellationToken);

        await step.FailAsync("no registry", TestContext.Current.CancellationToken);

        Assert.Equal("\e[2m   0.00 s  \e[0mpush: \e[31mfailed\e[0m in 0.00 s: no registry\n", _output.ToString());
    }

    public void Dispose() => _output.Dispose();

    private sealed class HandClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
