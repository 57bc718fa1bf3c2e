using AspireDeploy.Engines;
using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Tests.Targets.Kubernetes;
using k8s.Models;

namespace AspireDeploy.Tests.Values;

/// <summary>One file, <c>settings.env</c>, and those who read it: kustomize, the scripts, and publishing.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PlainSettingsTests : IDisposable
{
    private readonly ScriptFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_HostileValues_AreAsTheyAreToAll()
    {
        // A line each; and kustomize itself refuses to write DEL.
        string[] values =
        [
            .. HostileValues.All.Where(static value => !value.Contains('\n', StringComparison.Ordinal) && value != "\u007f"),
            "",
        ];
        var text = string.Concat(values.Select(static (value, index) => $"V{index}={value}\n"));

        Assert.Equal(values, ByKustomize(text, values.Length));
        Assert.Equal(values, ByTheScripts(text, values.Length));
        Assert.Equal(values, values.Select((_, index) => PlainSettings.Get(text, $"V{index}")));
    }

    [Theory]
    [InlineData("V0=a\r\n", "a")]
    [InlineData("V0=a\r\r\n", "a\r")]
    [InlineData("\uFEFFV0=a\n", "a")]
    [InlineData("  V0=a\n", "a")]
    [InlineData("\tV0= a \n", " a ")]
    [InlineData("V0='a' # no comment\n", "'a' # no comment")]
    [InlineData("# V0=b\n  # c\n\nV0=a=b", "a=b")]
    [InlineData("V0=\n", "")]
    public void Read_WhatPeopleWrite_IsTheSameToAll(string text, string value)
    {
        Assert.Equal([value], ByKustomize(text, 1));
        Assert.Equal([value], ByTheScripts(text, 1));
        Assert.Equal(value, PlainSettings.Get(text, "V0"));
    }

    [Theory]
    [InlineData(
        "A=1\nexport B=1\n",
        2,
        "it is no NAME=value, the name of letters, digits and underscores, with nothing before or after it."
    )]
    [InlineData("A =1\n", 1, "it is no NAME=value, the name of letters, digits and underscores, with nothing before or after it.")]
    [InlineData("# c\n\nHOST\n", 3, "it is no NAME=value, the name of letters, digits and underscores, with nothing before or after it.")]
    [InlineData("A=1\nA=2\n", 2, "A is set a second time: take one of the lines out.")]
    [InlineData(
        "NOMAD_ADDR=http://elsewhere\n",
        1,
        "NOMAD_ADDR is for the tools that deploy, and not all of them read it here: take the line out, and set it in the "
            + "environment of the script."
    )]
    [InlineData(
        "KUBECONFIG=/x\n",
        1,
        "KUBECONFIG is for the tools that deploy, and not all of them read it here: take the line out, and set it in the "
            + "environment of the script."
    )]
    public void Read_WhatIsNotReadAlikeByAll_IsRefused(string text, int line, string reason)
    {
        _folder.Write("settings.env", text);
        _folder.Write("read.sh", $"set -eu\n{SecretsScript.PlainReader}read_setting\n");
        Assert.Equal((1, "", $"settings.env, line {line}: {reason}\n"), _folder.Run("/bin/sh", ["read.sh"]));
    }

    [Fact]
    public void Read_WhatIsInTheEnvironment_DoesNotCount()
    {
        _folder.Write("settings.env", "V0=file\n");
        _folder.Write("read.sh", $"set -eu\n{SecretsScript.PlainReader}read_setting V0\n");
        Assert.Equal("file", _folder.Run("/bin/sh", ["read.sh"], ("V0", "environment")).Output);
    }

    [Theory]
    [InlineData("docker-host")]
    [InlineData("compose-file")]
    [InlineData("nomad-addr")]
    [InlineData("kubeconfig")]
    [InlineData("path")]
    public void Check_AParameterWhoseSettingIsForTheTools_IsRefusedWhenItIsPublished(string parameter)
    {
        var plan = new DeploymentPlan { Name = "shop", Parameters = [new(parameter, "x")] };

        Assert.Equal(
            $"{Setting.NameFor(parameter)}: is the setting of a parameter, and a variable that the tools which deploy read "
                + "themselves; rename the parameter",
            Assert.Single(DockerSettings.Check(plan)).ToString()
        );
        Assert.Equal(
            $"{parameter}: becomes the setting {Setting.NameFor(parameter)}, a variable that the tools which deploy read "
                + "themselves; rename it",
            Assert.Single(PlainSettings.Check(plan)).ToString()
        );
    }

    private IEnumerable<string> ByKustomize(string text, int count)
    {
        Kubectl.Require();
        _folder.Write("settings.env", text);
        _folder.Write("kustomization.yaml", "configMapGenerator: [{ name: settings, envs: [settings.env] }]\n");
        var (code, output, errors) = _folder.Run("kubectl", ["kustomize", "."]);
        Assert.True(code == 0, errors);
        var data = KubernetesObjects.OfText(output).Only<V1ConfigMap>().Data;
        return Enumerable.Range(0, count).Select(index => data[$"V{index}"]);
    }

    private string[] ByTheScripts(string text, int count)
    {
        _folder.Write("settings.env", text);
        _folder.Write(
            "read.sh",
            "set "
                + $"-eu\n{SecretsScript.PlainReader}{string.Concat(Enumerable.Range(0, count).Select(static index => $"read_setting V{index}\nprintf '\\0'\n"))}"
        );
        var (code, output, errors) = _folder.Run("/bin/sh", ["read.sh"]);
        Assert.True(code == 0, errors);
        return output.Split('\0')[..^1];
    }
}
