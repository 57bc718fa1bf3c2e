using Aspire.Hosting.ApplicationModel;

namespace EmbeddedHost.Tests.ApplicationModel.Logs;

public class ConsoleLineBufferTests
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static ConsoleLine Line(int second, string content) => new(Start.AddSeconds(second), content, false);

    [Fact]
    public void Lines_AddedOutOfOrder_StandInTheOrderOfTheirTimestamps()
    {
        var buffer = new ConsoleLineBuffer(10);
        foreach (var line in new[] { Line(1, "a"), Line(3, "d"), Line(2, "b"), new ConsoleLine(null, "e", false), Line(2, "c") })
            buffer.Add(line);

        Assert.Equal("abcde", string.Concat(buffer.Lines().Select(l => l.Content)));
    }

    [Fact]
    public void Lines_MoreThanTheCapacity_AreTheLatest()
    {
        var buffer = new ConsoleLineBuffer(10);
        for (var i = 0; i < 1000; i++)
        {
            buffer.Add(Line(i, $"{i}"));
            Assert.True(buffer.Count <= 10);
        }

        Assert.Equal(Enumerable.Range(990, 10).Select(i => $"{i}"), buffer.Lines().Select(l => l.Content));
    }
}
