using Aspire.Hosting.Dcp;

namespace EmbeddedHost.Tests.Dcp;

public sealed class SystemLogTests
{
    [Theory]
    [InlineData("2026-01-31T12:00:00.000Z\terror\tExecutableReconciler\tFailed to start a process\t{\"Cmd\": \"/x\", \"error\": \"no such file\"}", "no such file")]
    [InlineData("2026-01-31T12:00:00.000Z\tinfo\tExecutableReconciler\tStarting process...\t{\"Cmd\": \"/x\"}", null)]
    [InlineData("2026-01-31T12:00:00.000Z\terror\tExecutableReconciler\tSomething\t{\"Cmd\": \"/x\"}", null)]
    [InlineData("2026-01-31T12:00:00.000Z\terror\tExecutableReconciler\tSomething\t{broken", null)]
    [InlineData("no line of DCP's", null)]
    public void Error_OfALine_IsWhatItNames(string line, string? error) => Assert.Equal(error, SystemLog.Error(line));
}
