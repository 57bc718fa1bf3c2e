using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AppHost.Tests;

/// <summary>The dashboard as a person uses it.</summary>
public sealed class DashboardPage(IPage page)
{
    /// <summary>Returns the row of a resource, or of one of its replicas, in the table of resources.</summary>
    public ILocator Row(string text) => page.Locator("tr.resource-row").Filter(new() { HasText = text }).First;

    /// <summary>Goes to a path of the dashboard.</summary>
    public Task OpenAsync(string path) => page.GotoAsync(new Uri(new Uri(page.Url), path).ToString());

    /// <summary>Opens the details of one resource.</summary>
    public Task OpenDetailsAsync(string instance) => OpenAsync($"/?resource={instance}");

    /// <summary>Clicks a command in the row of a resource and waits until the dashboard says that it has been done.</summary>
    /// <param name="instance">The resource, or one of its replicas.</param>
    /// <param name="command">The command's name for people.</param>
    /// <param name="title">What the button says when it is pointed at.</param>
    public async Task ClickCommandAsync(string instance, string command, string title)
    {
        await Row(instance).GetByTitle(title, new() { Exact = true }).ClickAsync();
        await Expect(page.GetByText($"\"{command}\" succeeded").First).ToBeVisibleAsync();
    }
}
