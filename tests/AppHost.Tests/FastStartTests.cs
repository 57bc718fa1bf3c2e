using System.Globalization;
using AppHost.Tests.Concepts;
using Microsoft.Extensions.DependencyInjection;

namespace AppHost.Tests;

/// <summary>Describes what the AppHost's <c>WithFastStart</c> is for; <see cref="PlainAspireTests"/> has what is so without it.</summary>
[Collection(UnderLoad.Name)]
public class FastStartTests(SolutionUnderLoad running)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Project_WithoutADashboard_IsTheProgramItselfAndToldOfNone()
    {
        foreach (var replica in await running.Solution.UntilHealthyAsync("api", Token))
        {
            Assert.Equal(
                "Api",
                Path.GetFileNameWithoutExtension(
                    Convert.ToString(SolutionUnderLoad.Property(replica.Snapshot, "executable.path"), CultureInfo.InvariantCulture)
                )
            );
            Assert.DoesNotContain(replica.Snapshot.EnvironmentVariables, variable => variable.Name == "OTEL_EXPORTER_OTLP_ENDPOINT");
        }
    }

    [Fact]
    public void Certificate_WhereNoneIsTrusted_IsTheOneThatIsKept()
    {
#pragma warning disable ASPIRECERTIFICATES001 // What it tests is in preview.
        var certificates = running.Solution.App.Services.GetRequiredService<IDeveloperCertificateService>();
#pragma warning restore ASPIRECERTIFICATES001
        Assert.SkipWhen(
            certificates.Certificates is [{ Subject: "CN=localhost" }, ..],
            "This machine trusts a certificate for development."
        );

        var kept = Assert.Single(certificates.Certificates);
        Assert.Equal("CN=DCP", kept.Subject);
        Assert.True(kept.HasPrivateKey);
    }
}
