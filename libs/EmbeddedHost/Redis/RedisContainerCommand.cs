using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Redis;

/// <summary>
/// The line that the container's shell runs. The password is in the environment, as what stands in the arguments stands in the process list. When
/// publishing it is word for word Aspire's, so that both hosts publish the same.
/// </summary>
internal static class RedisContainerCommand
{
    public static string Line(RedisResource server, DistributedApplicationExecutionContext context)
    {
        var isRun = context.IsRunMode;
        var words = new List<string> { isRun ? "exec redis-server" : "redis-server" };
        if (server.PasswordParameter is not null)
        {
            words.Add(isRun ? "--requirepass \"$REDIS_PASSWORD\"" : "--requirepass $REDIS_PASSWORD");
        }

        if (server.TryGetLastAnnotation<RedisPersistenceAnnotation>(out var persistence))
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"--save {persistence.Interval.TotalSeconds} {persistence.KeysChanged}"));
        }

        return string.Join(' ', words);
    }
}
