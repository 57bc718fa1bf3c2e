using Aspire.Hosting.ApplicationModel;

namespace EmbeddedHost.Tests.ApplicationModel.Parameters;

public class GenerateParameterDefaultTests
{
    [Fact]
    public void GetDefaultValue_Twice_DiffersAndIsLongEnough()
    {
        var password = new GenerateParameterDefault();

        var first = password.GetDefaultValue();

        Assert.Equal(22, first.Length);
        Assert.NotEqual(first, password.GetDefaultValue());
    }

    [Fact]
    public void GetDefaultValue_WithMinimums_HasThatManyOfEachKind()
    {
        var value = new GenerateParameterDefault { MinLength = 4, MinLower = 3, MinUpper = 2, MinNumeric = 2, MinSpecial = 1 }.GetDefaultValue();

        Assert.Equal(8, value.Length);
        Assert.Equal((3, 2, 2), (value.Count(char.IsAsciiLetterLower), value.Count(char.IsAsciiLetterUpper), value.Count(char.IsAsciiDigit)));
    }

    [Fact]
    public void GetDefaultValue_WithAKindOff_HasNoneOfIt() =>
        Assert.All(new GenerateParameterDefault { MinLength = 200, Special = false }.GetDefaultValue(), c => Assert.True(char.IsAsciiLetterOrDigit(c)));

    [Fact]
    public void GetDefaultValue_WithAMinimumOfAKindThatIsOff_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new GenerateParameterDefault { Numeric = false, MinNumeric = 1 }.GetDefaultValue());
}
