using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>Environment variables as the plan has them, each with the way by which a secret reaches the process.</summary>
internal static class EnvironmentReading
{
    internal static EquatableArray<EnvironmentVariable> Read(
        IResource resource,
        GatheredSettings settings,
        ImageSource image,
        ValueReader values,
        Findings findings
    )
    {
        var files = resource
            .Annotations.OfType<SecretFileAnnotation>()
            .ToLookup(static file => file.Variable, static file => file.FileVariable);
        var variables = new List<EnvironmentVariable>();
        foreach (var (name, given) in settings.Variables.Where(variable => !IsForTlsInside(resource, variable.Key)))
        {
            if (given is HostUrl here)
            {
                findings.LeaveOut(
                    $"{resource.Name}.env.{name}",
                    $"It is {here.Url}, an address of this machine",
                    $"set it for publishing (builder.ExecutionContext.IsPublishMode)"
                );
                continue;
            }
            // Another publisher's dashboard isn't there.
            if (name.StartsWith("OTEL_EXPORTER_OTLP_", StringComparison.Ordinal) && values.IsElsewhere(given))
            {
                findings.LeaveOut(
                    $"{resource.Name}.env.{name}",
                    "It leads to a dashboard or collector that isn't deployed here, so telemetry goes nowhere",
                    "set it to a collector of your own"
                );
                continue;
            }
            var value = values.Read($"{resource.Name}.env.{name}", given);
            variables.Add(new(name, value, value.HoldsSecret ? DeliveryOf(resource, name, image, files) : null));
        }
        return variables.ToEquatableArray();
    }

    // TLS ends at the gateway: a project told to serve it in its container would look for a certificate that isn't there.
    private static bool IsForTlsInside(IResource resource, string variable) =>
        resource is ProjectResource && variable is "HTTPS_PORTS" or "ASPNETCORE_HTTPS_PORTS";

    private static SecretDelivery? DeliveryOf(IResource resource, string variable, ImageSource image, ILookup<string, string?> files)
    {
        if (files[variable].LastOrDefault() is { } named)
            return new FileNamedByVariable(named);
        if (files.Contains(variable) || resource.HasAnnotationOfType<ServiceDefaultsAnnotation>())
            return new FileNamedAsSetting();
        var known = image is ImageReference reference ? WellKnownImages.Find(reference) : null;
        return known?.FileVariables.FirstOrDefault(each => each.Variable == variable) is { FileVariable: { } file }
            ? new FileNamedByVariable(file)
            : null;
    }
}
