using System.Text.Json;
using AspireDeploy.Engines;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Tests.Values;

/// <summary>One file, <c>.env</c>, and three who read it: Docker Compose, the scripts, and publishing.</summary>
public sealed class DotEnvTests : IDisposable
{
    private readonly ScriptFolder _folder = new();

    [Fact]
    public void Quote_HostileValues_AreReadAsTheyAreByAllThree()
    {
        var values = HostileValues.All.Append("").ToList();
        var lines = values.Select(static (value, index) => $"V{index}={DotEnv.Quote(value)}\n");
        var env = string.Concat(lines);

        Assert.Equal(values, ByCompose(env, values.Count));
        Assert.Equal(values, ByTheScripts(env, values.Count));
        Assert.Equal(values, values.Select((_, index) => EditedSettings.Get(env, $"V{index}")));
    }

    [Theory]
    [InlineData("V0=https://h/x?a=1&b=2")]
    [InlineData("V0=Server=db;Password=a b")]
    [InlineData("export V0='a'")]
    [InlineData("  V0 = a b # why")]
    [InlineData("V0=a#b")]
    [InlineData("V0=it's")]
    [InlineData("V0=a\"b")]
    [InlineData("V0=\"a \\\"b\\\" $$c\" # why")]
    [InlineData("V0='a\nb'")]
    [InlineData("V0=a\\nb")]
    [InlineData("V0=$$")]
    [InlineData("V0=1\nV0=2")]
    [InlineData("V0=a\r\n")]
    public void Read_WhatPeopleWrite_IsTheSameToAllThree(string env)
    {
        var expected = Assert.Single(ByCompose(env + "\n", 1));
        Assert.Equal(expected, Assert.Single(ByTheScripts(env + "\n", 1)));
        Assert.Equal(expected, EditedSettings.Get(env + "\n", "V0"));
    }

    [Theory]
    [InlineData(
        "A=1\nV0=$HOME",
        ".env, line 2: $ stands for another variable; write $$ for the sign itself, or put the value into single quotes.\n"
    )]
    [InlineData(
        "V0=\"${HOME}\"",
        ".env, line 1: $ stands for another variable; write \\$ for the sign itself, or put the value into single quotes.\n"
    )]
    [InlineData("# c\n\nb; touch ran", ".env, line 3: it is no NAME=value, the name of letters, digits and underscores.\n")]
    [InlineData("V0='a", ".env, line 1: the quote isn't closed.\n")]
    [InlineData("V0='a' b", ".env, line 1: something follows the closing quote.\n")]
    [InlineData(
        "A=1\nDOCKER_HOST=tcp://elsewhere",
        ".env, line 2: DOCKER_HOST is for the tools that deploy, and not all of them read it here: take the line out, and set it in "
            + "the environment of the script.\n"
    )]
    [InlineData(
        "A=1\nOPENSSL_CONF=/tmp/theirs",
        ".env, line 2: OPENSSL_CONF is for the tools that deploy, and not all of them read it here: take the line out, and set it "
            + "in the environment of the script.\n"
    )]
    [InlineData(
        "export COMPOSE_FILE='x'",
        ".env, line 1: COMPOSE_FILE is for the tools that deploy, and not all of them read it here: take the line out, and set it "
            + "in the environment of the script.\n"
    )]
    [InlineData(
        "PATH=/x",
        ".env, line 1: PATH is for the tools that deploy, and not all of them read it here: take the line out, and set it in the "
            + "environment of the script.\n"
    )]
    public void Read_WhatComposeWouldFillIn_IsRefused(string env, string error)
    {
        _folder.Write(".env", env + "\n");
        _folder.Write("read.sh", "set -eu\n" + SecretsScript.EnvironmentReader(""));
        var (code, _, errors) = _folder.Run("/bin/sh", ["read.sh"]);
        Assert.Equal((1, error), (code, errors));
    }

    [Fact]
    public void Read_AVariableOfTheEnvironment_Wins()
    {
        _folder.Write(".env", "V0=file\n");
        _folder.Write("read.sh", "set -eu\n" + SecretsScript.EnvironmentReader("") + SecretsScript.Apply + "printf %s \"$V0\"\n");
        Assert.Equal("chosen", _folder.Run("/bin/sh", ["read.sh"], ("V0", "chosen")).Output);
    }

    public void Dispose() => _folder.Dispose();

    private IEnumerable<string> ByCompose(string env, int count)
    {
        _folder.Write(".env", env);
        _folder.Write(
            "compose.yaml",
            "name: x\nservices:\n  s:\n    image: x\n    "
                + $"environment:\n{string.Concat(Enumerable.Range(0, count).Select(static index => $"      V{index}: \"${{V{index}}}\"\n"))}"
        );
        var (code, output, errors) = _folder.Compose("config", "--format", "json");
        Assert.True(code == 0, errors);
        var variables = JsonDocument.Parse(output).RootElement.GetProperty("services").GetProperty("s").GetProperty("environment");
        // What it prints is a Compose file again.
        return Enumerable
            .Range(0, count)
            .Select(index => variables.GetProperty($"V{index}").GetString()!.Replace("$$", "$", StringComparison.Ordinal));
    }

    private string[] ByTheScripts(string env, int count)
    {
        _folder.Write(".env", env);
        _folder.Write(
            "read.sh",
            "set "
                + $"-eu\n{SecretsScript.EnvironmentReader("")}{SecretsScript.Apply}{string.Concat(Enumerable.Range(0, count).Select(static index => $"printf '%s\\0' \"$V{index}\"\n"))}"
        );
        var (code, output, errors) = _folder.Run("/bin/sh", ["read.sh"]);
        Assert.True(code == 0, errors);
        return output.Split('\0')[..^1];
    }
}
