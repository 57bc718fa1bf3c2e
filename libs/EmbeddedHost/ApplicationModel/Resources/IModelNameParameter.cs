namespace Aspire.Hosting.ApplicationModel;

/// <summary>Marks a parameter that takes the name of something in the model.</summary>
public interface IModelNameParameter;
