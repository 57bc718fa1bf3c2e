using AspireDeploy.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AppHost.Tests;

/// <summary>Takes the README's picture of the dashboard. It is no test, and runs on request alone: see CONTRIBUTING.md.</summary>
[Collection(RunningSolutionTests.Name)]
public class DashboardPicture(RunningSolution running)
{
    private const string Picture = "docs/images/dashboard.png";

    [Fact(Explicit = true)]
    public async Task Dashboard_OfTheRunningSolution_IsPictured()
    {
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(running.Solution.DashboardLogin);
        await page.SetViewportSizeAsync(1280, 580);
        await Expect(page.GetByText("(Unhealthy)")).ToHaveCountAsync(0);
        await Expect(page.Locator("tr.resource-row").Filter(new() { HasText = "Finished" })).ToHaveCountAsync(1);

        await page.ScreenshotAsync(
            new() { Path = Path.Combine(Projects.AppHost.ProjectPath, "..", Picture), Animations = ScreenshotAnimations.Disabled }
        );
    }
}
