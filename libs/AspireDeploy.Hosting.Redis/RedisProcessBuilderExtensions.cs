using AspireDeploy.Redis;

namespace Aspire.Hosting;

/// <summary>Provides extension methods to run Redis without a container engine.</summary>
public static class RedisProcessBuilderExtensions
{
    /// <summary>
    /// Runs the Redis server as a process while the application runs on a developer's machine. Published, it is the container that is
    /// declared.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The program is Garnet, which speaks Redis's protocol, from the .NET tool <c>garnet-server</c>, fetched once per machine;
    /// <c>ASPIREDEPLOY_REDIS</c> names a
    /// <c>redis-server</c> to run instead. It listens on loopback alone. Password, port and data volume are as declared; the image, its
    /// arguments and variables are the container's alone.
    /// </para>
    /// <para>
    /// A data volume is a directory of the user's, below <c>ASPIREDEPLOY_DATA</c> where that is set; without one, and with
    /// <c>--isolated</c> or under test, data goes with the run.
    /// </para>
    /// <para>Start the AppHost with <c>--backing-services Container</c> to run the container instead.</para>
    /// </remarks>
    /// <param name="builder">The Redis server.</param>
    /// <returns>The builder, for further calls.</returns>
    /// <example>
    /// <code>
    /// var cache = builder.AddRedis("cache").RunAsProcess();
    /// </code>
    /// </example>
    public static IResourceBuilder<RedisResource> RunAsProcess(this IResourceBuilder<RedisResource> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AspireDeploy.Processes.RunAsProcess.Apply(builder, new RedisProgram(builder.Resource));
        return builder;
    }
}
