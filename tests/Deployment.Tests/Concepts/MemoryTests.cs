using AspireDeploy.Model;

namespace AspireDeploy.Tests.Concepts;

public class MemoryTests
{
    private static AspireDeploy.Model.Memory Of(string limit, string? request = null)
    {
        var declared = Declared.Container().WithMemory(limit, request);
        return declared.Resource.Annotations.OfType<MemoryAnnotation>().Single().Memory;
    }

    [Fact]
    public void WithMemory_LimitAndRequest_AreBothKept() =>
        Assert.Equal(new(Size.Mebibytes(128), Size.Mebibytes(512)), Of("0.5Gi", "128Mi"));

    [Fact]
    public void WithMemory_LimitAlone_RequestsAsMuch() => Assert.Equal(new(new(512_000_000), new(512_000_000)), Of("512MB"));

    [Fact]
    public void WithMemory_Twice_TheLastHolds()
    {
        var api = Declared.Container().WithMemory("256Mi").WithMemory("128Mi");

        Assert.Equal(Size.Mebibytes(128), api.Resource.Annotations.OfType<MemoryAnnotation>().Single().Memory.Limit);
    }

    [Theory]
    [InlineData("12x", null, "api.memory.limit: \"12x\" is not a size; write 256Mi, 0.5Gi or 512MB")]
    [InlineData("", null, "api.memory.limit: \"\" is not a size; write 256Mi, 0.5Gi or 512MB")]
    [InlineData("-1Mi", null, "api.memory.limit: \"-1Mi\" is not a size; write 256Mi, 0.5Gi or 512MB")]
    [InlineData("1Mi", null, "api.memory.limit: 1Mi is less than the 6Mi any container needs")]
    [InlineData("256M", null, "api.memory.limit: \"256M\" could mean powers of 1000 or of 1024; write 256MB or 256Mi")]
    [InlineData("256Mi", "much", "api.memory.request: \"much\" is not a size; write 256Mi, 0.5Gi or 512MB")]
    [InlineData("256Mi", "512Mi", "api.memory.request: 512Mi is more than the limit, 256Mi")]
    [InlineData("256Mi", "0", "api.memory.request: must be more than 0")]
    public void WithMemory_AMistake_IsRefusedWithResourceAndValue(string limit, string? request, string refusal) =>
        Assert.Equal(refusal, Declared.Refusal(() => Declared.Container().WithMemory(limit, request)));
}
