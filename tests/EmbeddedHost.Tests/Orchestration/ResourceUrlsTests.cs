using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using EmbeddedHost.Tests.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Orchestration;

public class ResourceUrlsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Endpoints_WithoutMore_AreShownOnceTheResourceRuns()
    {
        var url = Assert.Single(await ResolveAsync(web => web));

        Assert.Equal(("http", "http://localhost:4000", true, false), (url.Name, url.Url, url.IsInactive, url.IsInternal));
    }

    [Fact]
    public async Task WithUrl_Relative_ChangesTheEndpoints()
    {
        var url = Assert.Single(await ResolveAsync(web => web.WithUrl("/docs", "Docs")));

        Assert.Equal(("http://localhost:4000/docs", "Docs"), (url.Url, url.DisplayProperties.DisplayName));
    }

    [Fact]
    public async Task WithUrl_Absolute_StandsBesideTheEndpoints()
    {
        var urls = await ResolveAsync(web => web.WithUrl("https://example.com/help", "Help"));

        Assert.Equal(["http://localhost:4000", "https://example.com/help"], urls.Select(u => u.Url).Order());
        Assert.False(Assert.Single(urls, u => u.Url == "https://example.com/help").IsInactive);
    }

    [Fact]
    public async Task WithUrl_OfAnExpression_ResolvesIt()
    {
        var urls = await ResolveAsync(web => web.WithUrl($"{web.GetEndpoint("http")}/metrics", "Metrics"));

        Assert.Contains(urls, u => u is { Url: "http://localhost:4000/metrics", DisplayProperties.DisplayName: "Metrics" });
    }

    [Fact]
    public async Task WithUrlForEndpoint_ChangesThatOne()
    {
        var url = Assert.Single(await ResolveAsync(web => web.WithUrlForEndpoint("http", u =>
        {
            u.Url = "/admin";
            u.DisplayLocation = UrlDisplayLocation.DetailsOnly;
        })));

        Assert.Equal(("http://localhost:4000/admin", true), (url.Url, url.IsInternal));
    }

    [Fact]
    [Obsolete("DisplayOrder is.")]
    public async Task DisplayOrder_TheHighestIsShownFirst_AndTheRestAsDeclared()
    {
        var urls = await ResolveAsync(web => web
            .WithUrl("https://example.com/second", "Second")
            .WithUrls(context => context.Urls.Add(new() { Url = "https://example.com/first", DisplayOrder = 1 })));

        Assert.Equal(
            ["https://example.com/first", "http://localhost:4000", "https://example.com/second"],
            urls.OrderByDescending(u => u.DisplayProperties.SortOrder).Select(u => u.Url).ToArray());
    }

    [Fact]
    public async Task WithUrls_AThrowingCallback_LosesNoEndpoint()
    {
        var url = Assert.Single(await ResolveAsync(web => web.WithUrls(_ => throw new InvalidOperationException("broken"))));

        Assert.Equal("http://localhost:4000", url.Url);
    }

    private static async Task<IReadOnlyList<UrlSnapshot>> ResolveAsync(Func<IResourceBuilder<ExecutableResource>, IResourceBuilder<ExecutableResource>> declare)
    {
        var builder = Declared.Builder();
        var web = declare(builder.AddExecutable("web", "web", ".").WithHttpEndpoint());
        Declared.Allocate(web.Resource, 4000);
        await using var app = builder.Build();
        return await app.Services.GetRequiredService<ResourceUrls>().ResolveAsync(web.Resource, Token);
    }
}
