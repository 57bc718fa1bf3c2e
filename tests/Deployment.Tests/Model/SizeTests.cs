using AspireDeploy.Model;

namespace AspireDeploy.Tests.Model;

public class SizeTests
{
    [Theory]
    [InlineData("256Mi", 256L << 20)]
    [InlineData("256MiB", 256L << 20)]
    [InlineData("256 mib", 256L << 20)]
    [InlineData("0.5Gi", 512L << 20)]
    [InlineData("512MB", 512_000_000L)]
    [InlineData("1.5kB", 1_500L)]
    [InlineData("2TB", 2_000_000_000_000L)]
    [InlineData("64Ki", 64L << 10)]
    [InlineData("1048576", 1L << 20)]
    [InlineData("10B", 10L)]
    public void Parse_ASizeAsPeopleWriteIt_IsThatManyBytes(string text, long bytes) => Assert.Equal(bytes, Size.Parse(text).Bytes);

    [Theory]
    [InlineData("12x", "\"12x\" is not a size; write 256Mi, 0.5Gi or 512MB")]
    [InlineData("", "\"\" is not a size; write 256Mi, 0.5Gi or 512MB")]
    [InlineData("-1Mi", "\"-1Mi\" is not a size; write 256Mi, 0.5Gi or 512MB")]
    [InlineData("0.3B", "\"0.3B\" is not a size; write 256Mi, 0.5Gi or 512MB")]
    [InlineData("1,5Gi", "\"1,5Gi\" is not a size; write 256Mi, 0.5Gi or 512MB")]
    [InlineData("99999999999Ti", "\"99999999999Ti\" is not a size; write 256Mi, 0.5Gi or 512MB")]
    [InlineData("512M", "\"512M\" could mean powers of 1000 or of 1024; write 512MB or 512Mi")]
    [InlineData("1g", "\"1g\" could mean powers of 1000 or of 1024; write 1GB or 1Gi")]
    public void Parse_NotASize_SaysWhatOneLooksLike(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => Size.Parse(text)).Message);

    [Theory]
    [InlineData(512L << 20, "512Mi")]
    [InlineData(1L << 30, "1Gi")]
    [InlineData(1536L << 20, "1536Mi")]
    [InlineData(512_000_000L, "500000Ki")]
    [InlineData(1000L, "1000")]
    [InlineData(0L, "0")]
    public void ToString_AnAmount_IsInTheLargestWholeUnitAndReadsBack(long bytes, string text)
    {
        Assert.Equal(text, new Size(bytes).ToString());
        Assert.Equal(bytes, Size.Parse(text).Bytes);
    }
}
