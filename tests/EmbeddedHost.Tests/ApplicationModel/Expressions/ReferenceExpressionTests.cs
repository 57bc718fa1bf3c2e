using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace EmbeddedHost.Tests.ApplicationModel.Expressions;

public class ReferenceExpressionTests
{
    [Fact]
    public async Task Create_BracesAndFormats_AreKeptAndApplied()
    {
        var secret = new ParameterResource("secret", _ => "a/b", secret: true);

        var expression = ReferenceExpression.Create($"{{x}}={secret:uri}");

        Assert.Equal("{x}={secret.value}", expression.ValueExpression);
        Assert.Equal("{x}=a%2Fb", await expression.GetValueAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("http", "plain")]
    [InlineData("https", "over tls")]
    public async Task GetTlsValue_BySchemeOfTheEndpoint_PicksOne(string scheme, string expected)
    {
        var web = Declared.Builder().AddContainer("web", "acme/web").WithEndpoint(scheme: scheme, name: "main");

        var expression = web.GetEndpoint("main").GetTlsValue(ReferenceExpression.Create($"over tls"), ReferenceExpression.Create($"plain"));

        Assert.Equal(expected, await expression.GetValueAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task GetValue_OfAnEndpoint_WaitsUntilItIsAllocated()
    {
        var web = Declared.Builder().AddContainer("web", "acme/web").WithHttpEndpoint(targetPort: 80);

        var waiting = web.GetEndpoint("http").GetValueAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(waiting.IsCompleted);
        Declared.Allocate(web.Resource, 8080);

        Assert.Equal("http://localhost:8080", await waiting);
    }
}
