namespace Aspire.Hosting;

/// <summary>The metadata of a project that is named by its path.</summary>
internal sealed record ProjectPathMetadata(string ProjectPath) : IProjectMetadata;
