namespace Aspire.Hosting.Pipelines;

/// <summary>Whoever is told of a pipeline's progress. Steps that run at the same time write at the same time.</summary>
internal interface IActivityLog
{
    void Write(Activity activity);
}
