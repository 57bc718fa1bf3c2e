using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Tests.Publishing;

public class EditedSettingsTests
{
    [Theory]
    [InlineData("A=\n", "A=1\n", "A=\n", "A=1\n")]
    [InlineData("#A=2\n", "A=1\n", "#A=2\n", "A=1\n")]
    [InlineData("#A=2\nB=\n", "#A=1\n", "#A=1\n", "#A=2\nB=\n")]
    public void Merge_WhatAPersonSet_Stays(string published, string edited, string before, string merged) =>
        Assert.Equal(merged, EditedSettings.Merge(published, edited, before));

    [Fact]
    public void Merge_ADefaultThatNobodyChanged_FollowsThePublish() =>
        Assert.Equal("A='new $x'\n", EditedSettings.Merge("A='new $x'\n", "A='old $x'\n", "A='old $x'\n"));

    [Fact]
    public void Merge_ADefaultThatAPersonChanged_Stays() =>
        Assert.Equal("A=mine\n", EditedSettings.Merge("A='new $x'\n", "A=mine\n", "A='old $x'\n"));

    [Fact]
    public void Merge_ASettingThatIsNoMore_Goes() => Assert.Equal("B=\n", EditedSettings.Merge("B=\n", "A=1\n", "A=1\n"));

    [Fact]
    public void Merge_ASettingThatIsNoMoreAndAPersonHasSet_Stays() =>
        Assert.Equal("B=\nA=mine\n", EditedSettings.Merge("B=\n", "A=mine\n", "A=1\n"));

    [Theory]
    [InlineData("export A=1\n")]
    [InlineData("  A = 1\n")]
    [InlineData("A=1 # why\n")]
    [InlineData("export A='a\nb'\n")]
    [InlineData("# mine\nA=1\n# and this\nOWN=2\n")]
    [InlineData("OWN=\"x\ny\"\nA=\n")]
    public void Merge_WhatAPersonWrote_StaysAsTheyWroteIt(string edited) =>
        Assert.Equal(edited, EditedSettings.Merge("A=\n", edited, "A=\n"));

    [Fact]
    public void Merge_LinesOfOnesOwn_StayWhereTheyStood() =>
        Assert.Equal(
            "# What you choose.\n\n# First, new.\nA=new\n\n# mine\n# Second.\nB=2\n\n# Third.\nC=\nOWN=1\n",
            EditedSettings.Merge(
                "# What you choose.\n\n# First, new.\nA=new\n\n# Second.\nB=\n\n# Third.\nC=\n",
                "# What you choose.\n\n# First.\nA=old\n\n# mine\n# Second.\nB=2\nOWN=1\n",
                "# What you choose.\n\n# First.\nA=old\n\n# Second.\nB=\n"
            )
        );

    [Fact]
    public void Merge_ADefaultThatAPersonHasTakenAway_StaysAway() =>
        Assert.Equal("#A='old $x'\n", EditedSettings.Merge("A='new $x'\n", "#A='old $x'\n", "A='old $x'\n"));

    [Fact]
    public void Merge_AValueOfSeveralLines_IsOne() =>
        Assert.Equal("A='x\nB=no\n'\nB=\n", EditedSettings.Merge("A=\nB=\n", "A='x\nB=no\n'\nB=\n", "A=\nB=\n"));

    [Fact]
    public void Merge_AQuoteThatIsEscaped_DoesNotCloseAValue() =>
        Assert.Equal("A=\"x\\\"\nB=no\"\nB=\n", EditedSettings.Merge("A=\nB=\n", "A=\"x\\\"\nB=no\"\nB=\n", "A=\nB=\n"));

    [Fact]
    public void Merge_AQuoteWhereNoneIsMeant_IsPartOfItsValueAlone() =>
        Assert.Equal("A='x\nB=2\n", EditedSettings.Merge("A=\nB=2\n", "A='x\nB=1\n", "A=\nB=1\n", isQuoted: false));

    [Theory]
    [InlineData(true, "A='it is $x'\n")]
    [InlineData(false, "A=it is $x\n")]
    public void Set_AValueWithSpaces_IsReadBackAsItIs(bool isQuoted, string expected)
    {
        var set = EditedSettings.Set("A=\n", "A", "it is $x", isQuoted);

        Assert.Equal(expected, set);
        Assert.Equal("it is $x", EditedSettings.Get(set, "A", isQuoted));
    }

    [Fact]
    public void Set_SeveralLinesWhereALineIsASetting_IsRefused() =>
        Assert.Equal(
            "A can't hold several lines: make it a secret.",
            Assert
                .Throws<Aspire.Hosting.DistributedApplicationException>(static () =>
                    EditedSettings.Set("A=\n", "A", "1\n2", isQuoted: false)
                )
                .Message
        );
}
