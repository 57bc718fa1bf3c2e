using AspireDeploy.Engines;
using Microsoft.Playwright;

namespace AspireDeploy.Browsing;

/// <summary>Chromium, as installed on the machine; nothing is downloaded.</summary>
public sealed class Browser : IAsyncDisposable
{
    private const string Executable = "/usr/bin/chromium";
    private const float GenerousMilliseconds = 120_000;
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    /// <summary>Starts it, or skips the test where it isn't installed.</summary>
    public static async Task<Browser> StartAsync()
    {
        if (!File.Exists(Executable))
        {
            Engine.Missing($"There is no {Executable}: install the package chromium.");
        }

        Assertions.SetDefaultExpectTimeout(GenerousMilliseconds);
        var playwright = await Playwright.CreateAsync();
        return new(
            playwright,
            await playwright.Chromium.LaunchAsync(
                new()
                {
                    ExecutablePath = Executable,
                    Args =
                    [
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                    ],
                }
            )
        );
    }

    /// <summary>Opens an address in a page of its own, as somebody with a fresh browser does.</summary>
    public async Task<IPage> OpenAsync(string url)
    {
        var page = await NewPageAsync();
        await page.GotoAsync(url);
        return page;
    }

    /// <summary>Returns a page that nothing has been opened in yet.</summary>
    public async Task<IPage> NewPageAsync()
    {
        var page = await _browser.NewPageAsync(
            new()
            {
                ViewportSize = new() { Width = 1600, Height = 900 },
            }
        );
        page.SetDefaultTimeout(GenerousMilliseconds);
        return page;
    }

    /// <summary>Keeps what a page shows beside the test's program, for people to look at.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">The picture's name, without an extension.</param>
    public static Task ScreenshotAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"{name}.png") });

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
