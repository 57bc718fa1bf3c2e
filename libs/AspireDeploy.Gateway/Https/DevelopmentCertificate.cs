using System.Security.Cryptography.X509Certificates;

namespace AspireDeploy.Gateway.Https;

/// <summary>
/// ASP.NET Core's development certificate, as <c>dotnet dev-certs https</c> makes it: in the user's store, known by its own extension.
/// </summary>
internal static class DevelopmentCertificate
{
    private const string Extension = "1.3.6.1.4.1.311.84.1.1";

    /// <summary>Returns the one that is valid longest; null if there is none.</summary>
    internal static X509Certificate2? Find(TimeProvider time)
    {
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadOnly);
        var now = time.GetLocalNow().DateTime;
        return store
            .Certificates.Where(c =>
                c.HasPrivateKey && c.NotBefore <= now && c.NotAfter > now && c.Extensions.Any(e => e.Oid?.Value == Extension)
            )
            .MaxBy(c => c.NotAfter);
    }
}
