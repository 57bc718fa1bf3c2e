using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting;

/// <summary>Keeps user secrets in the file that <c>dotnet user-secrets</c> keeps them in, of mode 0600.</summary>
/// <param name="path">The file; null where the AppHost has no user secrets.</param>
internal sealed class UserSecrets(string? path) : IUserSecretsManager
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly Lock _lock = new();

    public bool IsAvailable => path is not null;

    public string FilePath => path ?? "";

    /// <summary>The secrets of an AppHost; isolated runs have none, so that they don't change another run's.</summary>
    public static UserSecrets Of(Assembly? appHost, IConfiguration configuration)
    {
        var id = configuration["ASPIRE_USER_SECRETS_ID"] ?? appHost?.GetCustomAttribute<UserSecretsIdAttribute>()?.UserSecretsId;
        return new(string.IsNullOrEmpty(id) || configuration["AppHost:Isolated"] == "true" ? null : PathHelper.GetSecretsPathFromSecretsId(id));
    }

    public bool TrySetSecret(string name, string value)
    {
        if (path is null)
        {
            return false;
        }

        lock (_lock)
        {
            try
            {
                var secrets = Read();
                secrets[name] = value;
                Write(secrets);
                return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
            {
                return false;
            }
        }
    }

    public bool TryDeleteSecret(string name)
    {
        lock (_lock)
        {
            if (path is null || Read() is not { } secrets || !secrets.Remove(name))
            {
                return false;
            }

            Write(secrets);
            return true;
        }
    }

    public void GetOrSetSecret(IConfigurationManager configuration, string name, Func<string> valueGenerator)
    {
        if (string.IsNullOrEmpty(configuration[name]))
        {
            var value = valueGenerator();
            TrySetSecret(name, value);
            configuration.AddInMemoryCollection([new(name, value)]);
        }
    }

    public Task SaveStateAsync(JsonObject state, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            Write(state);
        }

        return Task.CompletedTask;
    }

    private JsonObject Read() =>
        File.Exists(path) && JsonNode.Parse(File.ReadAllText(path), documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }) is JsonObject secrets
            ? secrets
            : [];

    private void Write(JsonObject secrets)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path!)!);
        var written = $"{path}.{Path.GetRandomFileName()}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new StreamWriter(written, options))
        {
            stream.Write(secrets.ToJsonString(Indented));
        }

        File.Move(written, path!, overwrite: true);
    }
}
