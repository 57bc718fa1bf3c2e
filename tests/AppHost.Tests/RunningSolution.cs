namespace AppHost.Tests;

/// <summary>The solution with its dashboard, for tests that break nothing in it.</summary>
public sealed class RunningSolution() : SharedSolution(dashboard: true);

/// <summary>Names the tests that share a <see cref="RunningSolution"/>.</summary>
[CollectionDefinition(Name)]
public sealed class RunningSolutionTests : ICollectionFixture<RunningSolution>
{
    /// <summary>Gets the collection's name.</summary>
    public const string Name = "running solution";
}
