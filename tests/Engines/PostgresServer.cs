using AspireDeploy.PostgreSQL;
using AspireDeploy.Tools;
using Npgsql;

namespace AspireDeploy.Engines;

/// <summary>A PostgreSQL of a test's own, run as the host runs it.</summary>
public sealed class PostgresServer : Engine
{
    private readonly PostgresTool _tool;

    private PostgresServer(PostgresTool tool)
        : base("postgres") => _tool = tool;

    /// <summary>Gets the superuser's name.</summary>
    public const string UserName = "postgres";

    /// <summary>
    /// Starts a server with nothing in it. The test is skipped, or fails, where PostgreSQL is absent: see <see cref="Engine.Missing"/>.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait for it to answer.</param>
    public static async Task<PostgresServer> StartAsync(CancellationToken cancellationToken) =>
        await new PostgresServer(await SolutionTools.PostgresAsync(cancellationToken)).StartedAsync<PostgresServer>(cancellationToken);

    /// <summary>Returns how to reach a database on the server, whether it exists yet or not.</summary>
    /// <param name="database">The database's name.</param>
    public string ConnectionString(string database = "postgres") =>
        $"Host=127.0.0.1;Port={Port};Username={UserName};Password={Password};Database={database}";

    private protected override async Task<ProcessCommand> PrepareAsync(CancellationToken cancellationToken) =>
        (await PostgresProcess.PrepareAsync(_tool, Environment, Data, UserName, Password, Port, cancellationToken)).Command;

    private protected override async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString() + ";Pooling=false");
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
