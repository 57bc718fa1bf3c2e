using AspireDeploy.Local.Terminal;
using Spectre.Console;

namespace AspireDeploy.Tests.Local.Terminal;

public sealed class RunTableTests
{
    private static readonly ResourceRow[] Rows =
    [
        new(
            "api",
            "2 Running; 1 Crash loop, next try in 8 s",
            "Healthy",
            "2 of 3",
            "7",
            "200 MiB of 256 MiB",
            "http://localhost:38175/docs"
        ),
        new("gateway", "Running", "Healthy", "", "", "", "https://localhost:7443"),
    ];

    [Theory]
    [InlineData(80)]
    [InlineData(109)]
    [InlineData(110)]
    [InlineData(200)]
    public void Draw_WhateverTheWidth_BreaksNoAddressNoMemoryAndNoLine(int width)
    {
        var lines = Drawn(width);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        foreach (
            var whole in (string[])["http://localhost:38175/docs", "https://localhost:7443", "200 MiB of 256 MiB", "2 of 3", "Healthy"]
        )
        {
            Assert.Contains(lines, line => line.Contains(whole, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Line_WrittenInPieces_IsPassedOnWhole()
    {
        var lines = new List<string>();
        using (var writer = new LineWriter(lines.Add))
        {
            writer.Write("a");
            writer.Write("b\r\nc");
            Assert.Equal(["ab"], lines);
        }

        Assert.Equal(["ab", "c"], lines);
    }

    [Fact]
    public void Lines_OverATable_EraseWhatStoodBehindThem()
    {
        using var written = new StringWriter();
        var console = AnsiConsole.Create(
            new()
            {
                Ansi = AnsiSupport.Yes,
                ColorSystem = ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(written),
            }
        );
        console.Write(new LinesOver("one\n\ntwo\n", Style.Plain));
        Assert.Equal("one\u001b[K\n\u001b[K\ntwo\u001b[K\n", written.ToString().ReplaceLineEndings("\n"));
    }

    private static string[] Drawn(int width)
    {
        using var written = new StringWriter();
        var console = AnsiConsole.Create(
            new()
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(written),
            }
        );
        console.Profile.Width = width;
        console.Write(RunTable.Draw(Rows, width));
        return written.ToString().Split('\n', StringSplitOptions.TrimEntries);
    }
}
