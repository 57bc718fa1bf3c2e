using AspireDeploy.Writers.Yaml;
using YamlDotNet.Serialization;

namespace AspireDeploy.Tests.Writers.Yaml;

public class YamlWriterTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-leading")]
    [InlineData("- item")]
    [InlineData("no")]
    [InlineData("True")]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("0x1F")]
    [InlineData("012")]
    [InlineData("1e3")]
    [InlineData(".5")]
    [InlineData("12:30:45")]
    [InlineData("2024-01-02")]
    [InlineData("1_000")]
    [InlineData(".inf")]
    [InlineData("a: b")]
    [InlineData("a:")]
    [InlineData("a #b")]
    [InlineData("#b")]
    [InlineData("\"quoted\" and 'single'")]
    [InlineData("back\\slash\\n")]
    [InlineData("one\ntwo\n")]
    [InlineData("one\n\n  two\n")]
    [InlineData("one\ntwo")]
    [InlineData("\nleading line\n")]
    [InlineData("trailing \nspace\n")]
    [InlineData("two ends\n\n")]
    [InlineData("tab\tand\rreturn")]
    [InlineData("\u0007\u001b[31m")]
    [InlineData("Grüße \u00a0 \u2028 \ufeff 🎈")]
    [InlineData("{a}")]
    [InlineData("[a]")]
    [InlineData("*a")]
    [InlineData("&a")]
    [InlineData("!a")]
    [InlineData("%a")]
    [InlineData("@a")]
    [InlineData("`a`")]
    [InlineData("|")]
    [InlineData(">")]
    [InlineData("=")]
    [InlineData("<<")]
    [InlineData("---")]
    [InlineData("...")]
    [InlineData("${A:?set it}")]
    [InlineData("image:1.0@sha256:00")]
    public void Write_AnyText_IsReadBackAsTheSameText(string text)
    {
        var document = new YamlMap
        {
            { "value", text },
            { "list", new YamlList([text]) },
            {
                "flow",
                new YamlList([text]) { Flow = true }
            },
            {
                "nested",
                new YamlMap
                {
                    {
                        "list",
                        new YamlList
                        {
                            new YamlMap { { "first", text }, { "second", 1 } },
                        }
                    },
                }
            },
            { text + "k", true, "A comment." },
        };

        var read = new DeserializerBuilder()
            .WithAttemptingUnquotedStringTypeDeserialization()
            .Build()
            .Deserialize<Dictionary<string, object>>(YamlWriter.Write(document, "A header\nof two lines."));

        Assert.Equal(text, read["value"]);
        Assert.Equal([text], (List<object>)read["list"]);
        Assert.Equal([text], (List<object>)read["flow"]);
        Assert.Equal(text, ((Dictionary<object, object>)((List<object>)((Dictionary<object, object>)read["nested"])["list"])[0])["first"]);
        Assert.Contains(text + "k", read.Keys);
    }

    [Fact]
    public void Write_CommentsAndGaps_StandWhereTheyWerePut() =>
        Assert.Equal(
            """
            # header
            a: 1

            # about b
            b:
              - c: true
                d: []
              - e

            """.ReplaceLineEndings("\n"),
            YamlWriter.Write(
                new YamlMap
                {
                    { "a", 1 },
                    {
                        "b",
                        new YamlList
                        {
                            new YamlMap { { "c", true }, { "d", new YamlList() } },
                            "e",
                        },
                        "about b",
                        true
                    },
                    { "nothing", (string?)null },
                },
                "header"
            )
        );
}
