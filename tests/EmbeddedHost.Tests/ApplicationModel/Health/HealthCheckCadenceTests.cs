using Aspire.Hosting.ApplicationModel;

namespace EmbeddedHost.Tests.ApplicationModel.Health;

public class HealthCheckCadenceTests
{
    [Theory]
    [InlineData(0, 20)]
    [InlineData(100, 20)]
    [InlineData(500, 50)]
    [InlineData(2_500, 250)]
    [InlineData(10_000, 1_000)]
    [InlineData(3_600_000, 1_000)]
    public void Next_NotHealthy_IsATenthOfTheTimeWithinBounds(int unhealthyFor, int next)
        => Assert.Equal(TimeSpan.FromMilliseconds(next), HealthCheckCadence.Next(isHealthy: false, TimeSpan.FromMilliseconds(unhealthyFor)));

    [Fact]
    public void Next_Healthy_IsFiveSeconds() => Assert.Equal(TimeSpan.FromSeconds(5), HealthCheckCadence.Next(isHealthy: true, TimeSpan.FromHours(1)));
}
