using AspireDeploy.Writers.Hcl;

namespace AspireDeploy.Tests.Writers.Hcl;

public class HclWriterTests
{
    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("${HOME} $HOME %{if}", "\"$${HOME} $HOME %%{if}\"")]
    [InlineData("a\"b\\c\td\r", "\"a\\\"b\\\\c\\td\\r\"")]
    [InlineData("\u0001\u2028", "\"\\u0001\\u2028\"")]
    public void Quote_WhatHclWouldFillIn_StandsForItself(string text, string expected) => Assert.Equal(expected, HclWriter.Quote(text));

    [Fact]
    public void Write_WholeLines_AreAHeredocWhoseEndIsNoneOfTheirs() =>
        Assert.Equal("data = <<EOT_\nEOT\n$${x}\nEOT_\n", HclWriter.Write(new HclBody { { "data", "EOT\n${x}\n" } }));

    [Fact]
    public void Write_ABody_IsIndentedWithWhatIsLeftOutLeftOut() =>
        Assert.Equal(
            "# why\njob \"a\" {\n  count = 3\n  on = true\n  args = [\"x\"]\n\n  group \"g\" {}\n}\n",
            HclWriter.Write(
                new HclBody
                {
                    {
                        ["job", "a"],
                        new HclBody
                        {
                            { "count", 3 },
                            { "on", true },
                            { "args", (string[])["x"] },
                            { "none", null },
                            { ["group", "g"], new HclBody() },
                            { ["none"], null },
                        }
                    },
                },
                "why"
            )
        );
}
