namespace Aspire.Hosting.Dashboard;

/// <summary>The page that logs a person in without asking for the token.</summary>
internal static class DashboardLogin
{
    public static string Url(Uri dashboard, string browserToken) => $"{dashboard.GetLeftPart(UriPartial.Authority)}/login?t={Uri.EscapeDataString(browserToken)}";
}
