using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Reading;

/// <summary>
/// Marks what is left out of Aspire's manifest by us, where another entry stands for it. To every other target it is what it was.
/// </summary>
internal sealed class DescribedElsewhereAnnotation : IResourceAnnotation;
