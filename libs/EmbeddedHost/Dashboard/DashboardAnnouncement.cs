using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Dashboard;

/// <summary>Says where the dashboard is, once it answers there, and why where it does not. Repeats its warnings meanwhile and after.</summary>
internal sealed class DashboardAnnouncement(
    IOptions<DashboardOptions> options,
    ResourceNotificationService notifications,
    DashboardLog log,
    ILogger<DistributedApplication> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly TaskCompletionSource<string?> _loginUrl = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where a person logs in, once the dashboard answers; null if it ended before it did.</summary>
    public Task<string?> LoginUrl => _loginUrl.Task;

    /// <summary>Watches the dashboard's process in the background until the application stops.</summary>
    public void Begin(DashboardAddresses addresses, CancellationToken stopping) => _ = Task.Run(() => WatchAsync(addresses, stopping), CancellationToken.None);

    private async Task WatchAsync(DashboardAddresses addresses, CancellationToken stopping)
    {
        try
        {
            var instance = await notifications.WaitForResourceAsync(DashboardResource.Name, e => IsLaunched(e.Snapshot.State?.Text), stopping).ConfigureAwait(false);
            await Task.WhenAll(log.ForwardAsync(instance.ResourceId, stopping), AnnounceAsync(addresses, stopping)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The application stops; what the dashboard says from here on is about that.
        }
        catch (Exception e)
        {
            logger.LogError(e, "The dashboard could not be watched.");
        }
    }

    private static bool IsLaunched(string? state) => state == KnownResourceStates.Running || HasEnded(state);

    private static bool HasEnded(string? state) => KnownResourceStates.TerminalStates.Contains(state);

    private async Task AnnounceAsync(DashboardAddresses addresses, CancellationToken stopping)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var answers = AnswersAsync(addresses.Main.LocalUrl, waiting.Token);
        var ends = notifications.WaitForResourceAsync(DashboardResource.Name, e => HasEnded(e.Snapshot.State?.Text), waiting.Token);
        var first = await Task.WhenAny(answers, ends).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
        stopping.ThrowIfCancellationRequested();
        if (first == answers)
        {
            await answers.ConfigureAwait(false);
            Say(addresses);
        }
        else
        {
            _loginUrl.TrySetResult(null);
            var ended = await ends.ConfigureAwait(false);
            logger.LogError(
                "The dashboard ended before it answered at {Url} (state {State}, exit code {ExitCode}). The application runs without it.",
                addresses.Main.LocalUrl.GetLeftPart(UriPartial.Authority), ended.Snapshot.State?.Text, ended.Snapshot.ExitCode);
        }
    }

    /// <summary>Returns when a request is answered, whatever the answer.</summary>
    private static async Task AnswersAsync(Uri url, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        using var client = new HttpClient(handler);
        while (true)
        {
            try
            {
                using var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.SecureConnectionError)
            {
                // It is there; whether its certificate is trusted is the browser's to say.
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>In the words that IDEs and <c>dotnet watch</c> look for, to open a browser.</summary>
    private void Say(DashboardAddresses addresses)
    {
        var url = addresses.Main.LocalUrl.GetLeftPart(UriPartial.Authority);
        logger.LogInformation("Now listening on: {DashboardUrl}", url);
        var login = options.Value.BrowserToken is { Length: > 0 } token ? DashboardLogin.Url(addresses.Main.LocalUrl, token) : null;
        _loginUrl.TrySetResult(login ?? url);
        if (login is not null)
        {
            logger.LogInformation("Login to the dashboard at {LoginUrl}", login);
        }

        var summary = new StringBuilder().AppendLine("Aspire Dashboard").AppendLine();
        Line("Dashboard", url);
        Line("Login URL", login);
        Line("OTLP/gRPC", addresses.OtlpGrpc?.LocalUrl.GetLeftPart(UriPartial.Authority));
        Line("OTLP/HTTP", addresses.OtlpHttp?.LocalUrl.GetLeftPart(UriPartial.Authority));
        logger.LogInformation("{Summary}", summary.ToString().TrimEnd());

        void Line(string label, string? value)
        {
            if (value is not null)
            {
                summary.Append("- ").Append(label).Append(":  ").AppendLine(value);
            }
        }
    }
}
