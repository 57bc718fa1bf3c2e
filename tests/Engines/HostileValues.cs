namespace AspireDeploy.Engines;

/// <summary>
/// Values that break whatever puts them into a syntax without escaping them. Every path that a value takes into a program, or through a
/// file that a program reads, is tried with all of them.
/// </summary>
public static class HostileValues
{
    /// <summary>Gets values of one line, none of which begins or ends with a blank.</summary>
    public static IReadOnlyList<string> OfOneLine { get; } =
    [
        "a\"b",
        "it's",
        "'",
        "\"",
        "\\",
        "a\\",
        "a\\x41b",
        "\\n",
        "\\\"",
        "\\'",
        "a\"\"b",
        "$",
        "$$",
        "$HOME",
        "${HOME}",
        "$(id)",
        "`id`",
        "$$x${y}",
        "a$",
        "\\$HOME",
        "ab;Host=evil",
        "a;b",
        "a=b",
        "a&b|c>d<e",
        "(a)[b]{c}",
        "a*b?c",
        "~root",
        "!x",
        "a b",
        "a  b",
        "#a",
        "a #b",
        "%41%n",
        "a%20b",
        "+1",
        "-n",
        "--help",
        "é☃𝄞",
        "a,b",
        "a,abortConnect=true",
        "@FILES@",
        "@NAME@",
        "{{.Service.Name}}",
        "{{ .Extension }}",
        "{{{a}}}",
        "}}",
        "{0}",
        "%{a}",
        "<a>&amp;",
        "null",
        "true",
        "0x1f",
        "1_000",
        "2024-01-02",
        "*",
        "&a",
        "!!str",
        ": a",
        "a: b",
        "- a",
    ];

    /// <summary>Gets values with blanks at an end, and of several lines.</summary>
    public static IReadOnlyList<string> OfManyKinds { get; } =
    [
        " a",
        "a ",
        "\ta",
        "a\tb",
        "a\nb",
        "a\n\nb",
        "\na",
        "x\nrename-command FLUSHALL \"\"",
        "a'\nEVIL=1",
        "a\"\nEVIL=\"1",
        "a\r\nb",
        "a\rb",
        "\u0001",
        "\u007f",
        "EOT\nb",
    ];

    /// <summary>Gets all of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. OfOneLine, .. OfManyKinds];
}
