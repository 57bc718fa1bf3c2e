using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Tests.Writers.Bicep;

public class BicepWriterTests
{
    [Theory]
    [InlineData("plain", "'plain'")]
    [InlineData("", "''")]
    [InlineData("it's", @"'it\'s'")]
    [InlineData(@"C:\new", @"'C:\\new'")]
    [InlineData("${HOME} $HOME $", @"'\${HOME} $HOME $'")]
    [InlineData("$${x}", @"'$\${x}'")]
    [InlineData("a\nb\r\tc", @"'a\nb\r\tc'")]
    [InlineData("\u0001\u007f", @"'\u{1}\u{7f}'")]
    [InlineData("a\u2028b", @"'a\u{2028}b'")]
    [InlineData("Grüße 🎈 \"x\"", "'Grüße 🎈 \"x\"'")]
    public void Literal_OfAText_IsOneThatBicepReadsBackAsIt(string text, string literal) =>
        Assert.Equal(literal, BicepWriter.Literal(text));

    [Fact]
    public void Text_OfPartsWithExpressions_EscapesTheTextAlone() =>
        Assert.Equal("name: 'it\\'s \\${x} ${host}!'", Property(BicepText.Create("it's ", "${x} ", new BicepCode("host"), "!")));

    [Fact]
    public void Text_OfOneExpression_IsThatExpression() =>
        Assert.Equal("name: host", Property(BicepText.Create("", new BicepCode("host"), "")));

    [Fact]
    public void Lines_StandAsTheyAre() =>
        Assert.Equal("name: '''\n${it's} \\n\nmore\n'''", Property(new BicepLines("${it's} \\n\nmore\n")));

    [Theory]
    [InlineData("a'''b")]
    [InlineData("ends'")]
    public void Lines_ThatWouldEndEarly_AreRefused(string text) => Assert.Throws<ArgumentException>(() => new BicepLines(text));

    [Fact]
    public void Object_NamesThatAreNoIdentifiers_AreQuoted()
    {
        var written = new BicepObject { { "a-b", 1 }, { "it's", true } };
        written.Add(new BicepCode("identity"), new BicepObject());

        Assert.Equal("name: {\n    'a-b': 1\n    'it\\'s': true\n    '${identity}': {}\n  }", Property(written));
    }

    [Fact]
    public void Object_WhatHasNoValue_IsLeftOut() =>
        Assert.Equal(
            "name: {\n    kept: []\n  }",
            Property(
                new BicepObject
                {
                    { "left", null },
                    {
                        "kept",
                        new BicepArray { (BicepValue?)null }
                    },
                }
            )
        );

    [Fact]
    public void Object_AnExceptionFromTheLinter_StandsAboveItsProperty()
    {
        var written = new BicepObject();
        written.Add("value", "x", "some-rule");

        Assert.Equal("name: {\n    #disable-next-line some-rule\n    value: 'x'\n  }", Property(written));
    }

    [Fact]
    public void Module_OfEveryPart_IsWrittenInOrder()
    {
        var module = new BicepModule
        {
            Comment = "Head.\nMore.",
            Parameters =
            [
                new("location", "It's where.") { Default = new BicepCode("resourceGroup().location") },
                new("secret", "Hidden.") { Secure = true },
            ],
            Resources =
            [
                new("old", "A/b@1", new() { { "name", "x" } }) { Existing = true },
                new(
                    "made",
                    "A/c@1",
                    new()
                    {
                        {
                            "list",
                            new BicepArray { "a", 2 }
                        },
                    }
                )
                {
                    Condition = new("secret != ''"),
                    Comment = "Why.",
                },
            ],
            Outputs = [new("ID", new BicepCode("made.id"))],
        };

        Assert.Equal(
            """
            // Head.
            // More.

            @description('It\'s where.')
            param location string = resourceGroup().location

            @description('Hidden.')
            @secure()
            param secret string

            resource old 'A/b@1' existing = {
              name: 'x'
            }

            // Why.
            resource made 'A/c@1' = if (secret != '') {
              list: [
                'a'
                2
              ]
            }

            output ID string = made.id

            """,
            BicepWriter.Write(module),
            ignoreLineEndingDifferences: true
        );
    }

    private static string Property(BicepValue value) =>
        BicepWriter
            .Write(new() { Comment = "", Resources = [new("it", "A/b@1", new() { { "name", value } })] })
            .Split("= {\n  ")[1]
            .TrimEnd()[..^2];
}
