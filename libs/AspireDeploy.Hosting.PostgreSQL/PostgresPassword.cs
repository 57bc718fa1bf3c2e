using System.Security.Cryptography;
using AspireDeploy.Tools;

namespace AspireDeploy.PostgreSQL;

/// <summary>
/// Sees to it that a cluster's superuser has the declared password, also when that has changed since the cluster was made. A salted hash
/// in the data directory tells, so that a cluster whose password is right need not be opened first.
/// </summary>
internal sealed class PostgresPassword(PostgresInstallation installation, string dataDirectory)
{
    private const string MarkName = "aspiredeploy.password";
    private const int SaltLength = 16;
    private const int HashLength = 32;

    // As many as PostgreSQL's own verifier takes, which lies in the same directory.
    private const int Iterations = 4096;

    private readonly string _mark = Path.Combine(dataDirectory, MarkName);

    /// <summary>Sets the password, unless it is set.</summary>
    /// <exception cref="DistributedApplicationException">The server refuses the password.</exception>
    public async Task EnsureAsync(string superuser, string password, CancellationToken cancellationToken)
    {
        // A user's name that has changed is found out here too.
        var secret = $"{superuser}\n{password}";
        if (await IsSetAsync(secret, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var statement = $"ALTER ROLE {PostgresSingleUser.Identifier(superuser)} LOGIN PASSWORD {PostgresSingleUser.Literal(password)}";
        var cluster = new PostgresSingleUser(installation, dataDirectory);
        if (await cluster.RunAsync(statement, cancellationToken).ConfigureAwait(false) is { } complaint)
        {
            throw new DistributedApplicationException(
                $"The password of '{superuser}' could not be set in {dataDirectory}: {complaint.TrimEnd('.')}. If the user's name has "
                    + "changed since the data was made, change it back or remove the directory to begin anew."
            );
        }

        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var mark = Convert.ToBase64String([.. salt, .. Hash(secret, salt)]);
        await PrivateDirectory.WriteSecretAsync(_mark, mark, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> IsSetAsync(string secret, CancellationToken cancellationToken)
    {
        if (!File.Exists(_mark))
        {
            return false;
        }

        var mark = new byte[SaltLength + HashLength];
        var text = await File.ReadAllTextAsync(_mark, cancellationToken).ConfigureAwait(false);
        return Convert.TryFromBase64String(text, mark, out var length)
            && length == mark.Length
            && CryptographicOperations.FixedTimeEquals(mark.AsSpan(SaltLength), Hash(secret, mark.AsSpan(0, SaltLength)));
    }

    private static byte[] Hash(string secret, ReadOnlySpan<byte> salt) =>
        Rfc2898DeriveBytes.Pbkdf2(secret, salt, Iterations, HashAlgorithmName.SHA256, HashLength);
}
