using System.Diagnostics.CodeAnalysis;

namespace EmbeddedHost.Tests.Dashboard;

/// <summary>What a test does without an engine that it needs: it is skipped, but fails where every engine must be present.</summary>
internal static class RequiredEngine
{
    [DoesNotReturn]
    public static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("ASPIREDEPLOY_REQUIRE_ENGINES") == "1")
        {
            Assert.Fail(reason);
        }

        Assert.Skip(reason);
    }
}
