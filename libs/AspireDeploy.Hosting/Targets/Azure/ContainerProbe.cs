using AspireDeploy.Model;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// A probe of a container, within what Container Apps allows: HTTP or TCP, a delay of 1 to 60 seconds, periods and timeouts up to 240, up
/// to 10 failures. (https://learn.microsoft.com/azure/container-apps/health-probes#restrictions)
/// </summary>
internal static class ContainerProbe
{
    private const int MostFailures = 10;
    private const int LongestPeriod = 240;
    private const int LongestDelay = 60;

    /// <summary>Returns the probes of a workload; null: it has none.</summary>
    internal static BicepArray? Write(Workload workload)
    {
        var probes = new BicepArray();
        foreach (var (type, probe) in ProbesOf(workload))
        {
            if (!IsUnasked(workload, probe) && Refusal(workload, type, probe) is null)
                probes.Add(Write(workload, type, probe));
        }
        return probes.OrNothing;
    }

    /// <summary>Returns what a probe asks instead, where there is a difference, for the report; empty if there is none.</summary>
    internal static string Difference(Workload workload, string type, Probe probe)
    {
        var tcp = probe.Action is ExecProbe ? ", a connection in place of a command: the image listens once it serves" : "";
        var fitted = Fitted(type, probe);
        return fitted == probe ? tcp : $"{tcp}, {fitted.FailureThreshold} tries {Durations.Print(fitted.Period)} apart for the same time";
    }

    /// <summary>Returns what is weaker of a command, which Container Apps doesn't run; null where a connection tells the same.</summary>
    internal static (string Mechanism, string What, string Remedy)? Shortfall(Workload workload, string type, Probe probe)
    {
        const string Remedy = "declare an HTTP endpoint that tells (WithHttpProbe)";
        if (IsUnasked(workload, probe))
            return ("nothing", $"Container Apps runs no command in a container, so nobody asks \"{probe.Action}\"", Remedy);
        return probe.Action is ExecProbe && !IsKnown(workload)
            ? (
                $"probe of type `{type}`",
                $"Container Apps runs no command in a container, so a connection is asked for in place of \"{probe.Action}\"",
                Remedy
            )
            : null;
    }

    private static bool IsUnasked(Workload workload, Probe probe) => probe.Action is ExecProbe && PortFor(workload) is null;

    /// <summary>Returns why a probe can't be asked, with the way out; null: it can.</summary>
    internal static (string What, string Remedy)? Refusal(Workload workload, string type, Probe probe)
    {
        var fitted = Fitted(type, probe);
        if (fitted.FailureThreshold > MostFailures)
            return (
                $"Container Apps counts up to {MostFailures} failures, not {probe.FailureThreshold}",
                $"declare up to {MostFailures}, and a longer period"
            );
        if (fitted.SuccessThreshold > MostFailures)
            return ($"Container Apps counts up to {MostFailures} successes, not {probe.SuccessThreshold}", $"declare up to {MostFailures}");
        if (fitted.Period.TotalSeconds > LongestPeriod || fitted.Timeout.TotalSeconds > LongestPeriod)
            return (
                $"Container Apps asks at least every {LongestPeriod}s, and "
                    + $"{(type == Startup ? "waits for a start no longer than 40m" : "waits no longer for an answer")}",
                "declare shorter times"
            );
        return fitted.InitialDelay.TotalSeconds > LongestDelay
            ? (
                $"Container Apps waits up to {LongestDelay}s before it asks, not {Durations.Print(probe.InitialDelay)}",
                "declare a startup probe, which holds this one back"
            )
            : null;
    }

    internal const string Startup = "Startup";
    internal const string Readiness = "Readiness";
    internal const string Liveness = "Liveness";

    private static IEnumerable<(string Type, Probe Probe)> ProbesOf(Workload workload)
    {
        if (workload.Probes.Startup is { } startup)
            yield return (Startup, startup);
        if (workload.Probes.Readiness is { } readiness)
            yield return (Readiness, readiness);
        if (workload.Probes.Liveness is { } liveness)
            yield return (Liveness, liveness);
    }

    // How long a start may take is what counts: more tries than there may be become fewer, further apart, and a delay that is too long some
    // of them.
    private static Probe Fitted(string type, Probe probe)
    {
        if (type != Startup || (probe.FailureThreshold <= MostFailures && probe.InitialDelay.TotalSeconds <= LongestDelay))
            return probe;
        var timeout = probe.InitialDelay + (probe.Period * probe.FailureThreshold);
        return probe with
        {
            InitialDelay = TimeSpan.Zero,
            FailureThreshold = MostFailures,
            Period = TimeSpan.FromSeconds(Math.Ceiling(timeout.TotalSeconds / MostFailures)),
        };
    }

    private static BicepObject Write(Workload workload, string type, Probe probe)
    {
        var fitted = Fitted(type, probe);
        var written = new BicepObject { { "type", type } };
        if (probe.Action is HttpProbe http)
        {
            var port = workload.PortNamed(http.Port);
            written.Add(
                "httpGet",
                new BicepObject
                {
                    { "path", http.Path },
                    { "port", port.Number },
                    { "scheme", port.Scheme == "https" ? "HTTPS" : "HTTP" },
                }
            );
        }
        else
            written.Add(
                "tcpSocket",
                new BicepObject
                {
                    { "port", probe.Action is TcpProbe tcp ? workload.PortNamed(tcp.Port).Number : PortFor(workload)!.Number },
                }
            );
        if (fitted.InitialDelay > TimeSpan.Zero)
            written.Add("initialDelaySeconds", Durations.SecondsRoundedUp(fitted.InitialDelay));
        written.Add("periodSeconds", Durations.SecondsRoundedUp(fitted.Period));
        written.Add("timeoutSeconds", Durations.SecondsRoundedUp(fitted.Timeout));
        written.Add("failureThreshold", fitted.FailureThreshold);
        written.Add("successThreshold", fitted.SuccessThreshold);
        return written;
    }

    private static Port? PortFor(Workload workload) => workload.Ports.FirstOrDefault(static port => port.Protocol == PortProtocol.Tcp);

    // A known image's server opens its port to others only when it serves, so that a connection tells what its command does.
    private static bool IsKnown(Workload workload) => workload.Image is ImageReference image && WellKnownImages.Find(image) is not null;
}
