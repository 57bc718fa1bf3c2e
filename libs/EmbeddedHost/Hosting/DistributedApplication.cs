namespace Aspire.Hosting;

/// <summary>An application, built from its declaration.</summary>
public partial class DistributedApplication;
