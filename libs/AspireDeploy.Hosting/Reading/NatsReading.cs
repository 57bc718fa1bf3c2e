using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>
/// A NATS server with a password. Its declaration hands it to the server by its arguments, where process lists show it; deployed, the
/// server reads it from a settings file instead.
/// (https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/username_password)
/// </summary>
internal static class NatsReading
{
    private const string Settings = $"{Secrets.Directory}/nats.conf";

    internal static Workload Complete(Workload workload)
    {
        if (workload.Image is not ImageReference image || WellKnownImages.Find(image)?.Repository != "library/nats")
            return workload;
        var (arguments, user, password) = (new List<Template>(), (Template?)null, (Template?)null);
        for (var i = 0; i < workload.Arguments.Count; i++)
        {
            var (argument, value) = (workload.Arguments[i], i + 1 < workload.Arguments.Count ? workload.Arguments[i + 1] : null);
            if (value is not null && argument.AsLiteral is "--pass" or "-pass")
                (password, i) = (value, i + 1);
            else if (value is not null && argument.AsLiteral is "--user" or "-user")
                (user, i) = (value, i + 1);
            else
                arguments.Add(argument);
        }
        if (password is not { HoldsSecret: true })
            return workload;
        return workload with
        {
            Arguments = ["--config", Settings, .. arguments],
            SecretFiles = workload
                .SecretFiles.Append(
                    new(
                        Settings,
                        [
                            new Literal("authorization {\n  user: \""),
                            .. Quoted(user ?? "nats"),
                            new Literal("\"\n  password: \""),
                            .. Quoted(password),
                            new Literal("\"\n}\n"),
                        ]
                    )
                )
                .ToEquatableArray(),
        };
    }

    // Inside double quotes it reads the escapes that redis.conf has.
    private static IEnumerable<TemplatePart> Quoted(Template value) =>
        value.Parts.Select(static part =>
            part switch
            {
                SecretReference secret => secret with { Encoding = ValueEncoding.RedisWord },
                Literal literal => new Literal(
                    literal.Text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
                ),
                _ => part,
            }
        );
}
