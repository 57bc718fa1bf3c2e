namespace AspireDeploy.ClusterTests;

/// <summary>A cluster is somebody's: what is done to one is done because they said so.</summary>
internal static class OptIn
{
    /// <summary>Skips the test unless a variable is set to 1.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="where">What the tests are run on.</param>
    internal static void Require(string variable, string where)
    {
        if (Environment.GetEnvironmentVariable(variable) != "1")
            Assert.Skip($"It deploys to {where} and breaks what it deployed: {variable}=1 says that it may.");
    }
}
