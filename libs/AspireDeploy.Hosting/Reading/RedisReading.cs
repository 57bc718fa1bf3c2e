using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>
/// A Redis server with a password. Its declaration hands the password to a shell by an environment variable, and the shell to the server by
/// its arguments, where process lists show it; deployed, the server reads it from a settings file instead.
/// (https://redis.io/docs/latest/operate/oss_and_stack/management/config/)
/// </summary>
internal static class RedisReading
{
    private const string Variable = "REDIS_PASSWORD";
    private const string Settings = $"{Secrets.Directory}/redis.conf";

    internal static Workload Complete(Workload workload, IResource server, ValueReader values, List<PlanError> errors)
    {
        if (ServerTypes.PasswordOf(server) is not { } password)
            return workload;
        var arguments = workload
            .Arguments.Select(static argument => argument.AsLiteral is { } text ? Template.FromText(WithSettings(text)) : argument)
            .ToEquatableArray();
        if (
            arguments == workload.Arguments
            || arguments.Any(static argument => argument.AsLiteral?.Contains(Variable, StringComparison.Ordinal) == true)
        )
            errors.Add(
                new(
                    $"{workload.Name}.args",
                    "start the server in a way that can't be given its password by a file; leave its arguments as AddRedis makes them"
                )
            );
        return workload with
        {
            Arguments = arguments,
            Environment = workload.Environment.Where(static variable => variable.Name != Variable).ToEquatableArray(),
            SecretFiles = workload
                .SecretFiles.Append(
                    new(Settings, [new Literal("requirepass \""), values.Reference(password, ValueEncoding.RedisWord), new Literal("\"\n")])
                )
                .ToEquatableArray(),
        };
    }

    // Run in the shell's place, so that it is the server that is asked to stop.
    private static string WithSettings(string script)
    {
        var line = script
            .Replace($" --requirepass \"${Variable}\"", "", StringComparison.Ordinal)
            .Replace($" --requirepass ${Variable}", "", StringComparison.Ordinal)
            .Replace("redis-server", $"redis-server {Settings}", StringComparison.Ordinal);
        return line.StartsWith("redis-server ", StringComparison.Ordinal) ? "exec " + line : line;
    }
}
