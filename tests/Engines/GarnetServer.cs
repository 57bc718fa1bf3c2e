using System.Net;
using System.Net.Sockets;
using System.Text;
using AspireDeploy.Redis;
using AspireDeploy.Tools;

namespace AspireDeploy.Engines;

/// <summary>A Redis server of a test's own, run as the host runs it: Garnet, unless the machine's own Redis is all there is.</summary>
public sealed class GarnetServer : Engine
{
    private readonly RedisTool _tool;

    private GarnetServer(RedisTool tool)
        : base("redis") => _tool = tool;

    /// <summary>Gets how StackExchange.Redis reaches it.</summary>
    public string ConnectionString => $"127.0.0.1:{Port},password={Password}";

    /// <summary>
    /// Starts a server with nothing in it. The test is skipped, or fails, where there is none to start: see <see cref="Engine.Missing"/>.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait for it to answer.</param>
    public static async Task<GarnetServer> StartAsync(CancellationToken cancellationToken) =>
        await new GarnetServer(await SolutionTools.RedisAsync(cancellationToken)).StartedAsync<GarnetServer>(cancellationToken);

    private protected override Task<ProcessCommand> PrepareAsync(CancellationToken cancellationToken) =>
        RedisProcess.PrepareAsync(_tool, Data, Path.Combine(Data.Place, "redis.conf"), Password, Port, persist: true, cancellationToken);

    private protected override async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
            await client
                .GetStream()
                .WriteAsync(Encoding.ASCII.GetBytes($"*2\r\n$4\r\nAUTH\r\n${Password.Length}\r\n{Password}\r\n"), cancellationToken);
            var answer = new byte[3];
            await client.GetStream().ReadExactlyAsync(answer, cancellationToken);
            return Encoding.ASCII.GetString(answer) == "+OK";
        }
        catch (Exception refused) when (refused is SocketException or IOException)
        {
            return false;
        }
    }
}
