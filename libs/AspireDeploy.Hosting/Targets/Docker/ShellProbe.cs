using System.Globalization;
using AspireDeploy.Model;

namespace AspireDeploy.Targets.Docker;

/// <summary>A probe as a command of the shell that an image brings, for programs that have no command of their own for it.</summary>
internal static class ShellProbe
{
    /// <summary>Returns the command; null where the image brings no shell that is known of.</summary>
    internal static EquatableArray<string>? Create(Workload workload, Probe probe)
    {
        var shell = WellKnownImages.ShellOf(workload.Image);
        return (shell, probe.Action) switch
        {
            (ImageShell.None, _) => null,
            (_, HttpProbe http) when workload.PortNamed(http.Port) is { Scheme: not "https" } port => Http(
                shell,
                port.Number,
                http.Path,
                probe.Timeout
            ),
            (_, HttpProbe http) => Tcp(shell, workload.PortNamed(http.Port).Number),
            (_, TcpProbe tcp) => Tcp(shell, workload.PortNamed(tcp.Port).Number),
            _ => null,
        };
    }

    /// <summary>Returns whether the command asks less than the probe: a shell opens no connection by TLS.</summary>
    internal static bool IsWeaker(Workload workload, Probe probe) =>
        workload.HealthCommand.IsEmpty && probe.Action is HttpProbe http && workload.PortNamed(http.Port).Scheme == "https";

    private static EquatableArray<string> Http(ImageShell shell, int port, string path, TimeSpan timeout)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        if (shell == ImageShell.BusyBox)
            return
            [
                "wget",
                "-q",
                "-T",
                Durations.SecondsRoundedUp(timeout).ToString(CultureInfo.InvariantCulture),
                "-O",
                "/dev/null",
                $"http://{address}{path}",
            ];
        // The first line of the answer tells: HTTP/1.1 200 OK. A process that reads no further leaves the rest to the connection's end.
        // What is said of another answer is for deploy.sh, and people.
        var request = $"printf 'GET %s HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' \"$0\" >&3";
        const string Tell = "{ [[ $status == [23]?? ]] || { echo \"GET $0 answers $status\"; false; }; }";
        return ["bash", "-c", $"exec 3<>/dev/tcp/{address.Replace(':', '/')} && {request} && read -r _ status _ <&3 && {Tell}", path];
    }

    private static EquatableArray<string> Tcp(ImageShell shell, int port)
    {
        var number = port.ToString(CultureInfo.InvariantCulture);
        return shell == ImageShell.BusyBox ? ["nc", "-z", "127.0.0.1", number] : ["bash", "-c", $": </dev/tcp/127.0.0.1/{number}"];
    }
}
