using AspireDeploy.Publishing;

namespace AspireDeploy.Tests.Publishing;

public class SettingsFileTests
{
    [Theory]
    [InlineData("A=\n", "A=1\n", "A=\n", "A=1\n")]
    [InlineData("#A=2\n", "A=1\n", "#A=2\n", "A=1\n")]
    [InlineData("#A=2\nB=\n", "#A=1\n", "#A=1\n", "#A=2\nB=\n")]
    public void Merge_WhatAPersonSet_Stays(string published, string edited, string before, string merged) => Assert.Equal(merged, SettingsFile.Merge(published, edited, before));

    [Fact]
    public void Merge_ADefaultThatNobodyChanged_FollowsThePublish() => Assert.Equal("A='new $x'\n", SettingsFile.Merge("A='new $x'\n", "A='old $x'\n", "A='old $x'\n"));

    [Fact]
    public void Merge_ADefaultThatAPersonChanged_Stays() => Assert.Equal("A=mine\n", SettingsFile.Merge("A='new $x'\n", "A=mine\n", "A='old $x'\n"));

    [Fact]
    public void Merge_ASettingThatIsNoMore_Goes() => Assert.Equal("B=\n", SettingsFile.Merge("B=\n", "A=1\n", "A=\n"));

    [Fact]
    public void Merge_AValueOfSeveralLines_IsOne() =>
        Assert.Equal("A='x\nB=no\n'\nB=\n", SettingsFile.Merge("A=\nB=\n", "A='x\nB=no\n'\nB=\n", "A=\nB=\n"));

    [Fact]
    public void Merge_AQuoteThatIsEscaped_DoesNotCloseAValue() =>
        Assert.Equal("A=\"x\\\"\nB=no\"\nB=\n", SettingsFile.Merge("A=\nB=\n", "A=\"x\\\"\nB=no\"\nB=\n", "A=\nB=\n"));
}
