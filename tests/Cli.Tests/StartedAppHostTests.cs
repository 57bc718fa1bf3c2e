namespace Cli.Tests;

/// <summary>Tests of one started AppHost, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class StartedAppHostTests : ICollectionFixture<StartedAppHost>
{
    /// <summary>Gets the collection's name.</summary>
    public const string Name = "A started AppHost";
}
