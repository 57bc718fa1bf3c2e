using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AspireDeploy.Starting;

/// <summary>Tells whether a port of the loopback is taken, and by which process where the system lets us see it.</summary>
internal static class PortHolder
{
    internal static bool IsTaken(int port) =>
        IsTaken(IPAddress.Loopback, port) || (Socket.OSSupportsIPv6 && IsTaken(IPAddress.IPv6Loopback, port));

    /// <summary>Returns what to say of a port that is taken.</summary>
    /// <param name="port">The port.</param>
    /// <param name="need">Who needs it for what, as a clause.</param>
    internal static string Taken(int port, string need)
    {
        var holder = Describe(port) is { } process ? $" by {process}" : "";
        return $"Port {port} is taken{holder}, and {need}. Stop what listens there, choose another port, or run beside it on free "
            + "ports with '--isolated'.";
    }

    /// <summary>Returns who has it, such as <c>process 4711 (nginx in /etc/nginx)</c>; null where it can't be seen.</summary>
    internal static string? Describe(int port)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            var inodes = Inodes("/proc/net/tcp", port)
                .Concat(Inodes("/proc/net/tcp6", port))
                .Select(inode => $"socket:[{inode}]")
                .ToHashSet();
            foreach (var process in Directory.EnumerateDirectories("/proc").Where(d => Path.GetFileName(d).All(char.IsAsciiDigit)))
            {
                if (Holds(process, inodes))
                {
                    // Clones of one solution are told apart by where they are.
                    var directory = new FileInfo(Path.Combine(process, "cwd")).LinkTarget is { } place ? $" in {place}" : "";
                    return $"process {Path.GetFileName(process)} ({File.ReadAllText(Path.Combine(process, "comm")).Trim()}{directory})";
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process ended while we looked, or it is another user's.
        }

        return null;
    }

    private static bool IsTaken(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (!OperatingSystem.IsWindows())
        {
            // As servers do: a port whose last connections are still closing is free.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        }

        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return false;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied;
        }
    }

    private static IEnumerable<string> Inodes(string table, int port)
    {
        // Columns: sl, local_address (hex address:port), rem_address, st (0A: listening), …, inode as the tenth.
        foreach (var line in File.Exists(table) ? File.ReadLines(table).Skip(1) : [])
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (
                columns is [_, var local, _, "0A", .., _]
                && columns.Length > 9
                && int.TryParse(local.AsSpan(local.IndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var found)
                && found == port
            )
            {
                yield return columns[9];
            }
        }
    }

    private static bool Holds(string process, HashSet<string> sockets)
    {
        try
        {
            return Directory
                .EnumerateFileSystemEntries(Path.Combine(process, "fd"))
                .Any(fd => new FileInfo(fd).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
