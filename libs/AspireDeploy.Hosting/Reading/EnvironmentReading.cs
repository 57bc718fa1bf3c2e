using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>Environment variables as the plan has them, each with the way by which a secret reaches the process.</summary>
internal static class EnvironmentReading
{
    internal static EquatableArray<EnvironmentVariable> Of(IResource resource, GatheredSettings settings, ImageSource image, ValueReader values)
    {
        var files = resource.Annotations.OfType<SecretFileAnnotation>().ToLookup(static file => file.Variable, static file => file.FileVariable);
        return settings.Variables.Where(variable => !IsForTlsInside(resource, variable.Key))
            .Select(variable =>
            {
                var value = values.Read($"{resource.Name}.env.{variable.Key}", variable.Value);
                return new EnvironmentVariable(variable.Key, value, value.HoldsSecret ? DeliveryOf(resource, variable.Key, image, files) : null);
            })
            .ToEquatableArray();
    }

    // TLS ends at the edge: a project told to serve it in its container would look for a certificate that isn't there.
    private static bool IsForTlsInside(IResource resource, string variable) => resource is ProjectResource && variable is "HTTPS_PORTS" or "ASPNETCORE_HTTPS_PORTS";

    private static SecretDelivery? DeliveryOf(IResource resource, string variable, ImageSource image, ILookup<string, string?> files)
    {
        if (files[variable].LastOrDefault() is { } named) return new FileNamedByVariable(named);
        if (files.Contains(variable) || resource is ProjectResource) return new FileNamedAsSetting();
        var known = image is ImageReference reference ? WellKnownImages.Find(reference) : null;
        return known?.FileVariables.FirstOrDefault(each => each.Variable == variable) is { FileVariable: { } file } ? new FileNamedByVariable(file) : null;
    }
}
