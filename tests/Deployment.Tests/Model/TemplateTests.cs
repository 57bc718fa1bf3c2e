using AspireDeploy.Model;

namespace AspireDeploy.Tests.Model;

public class TemplateTests
{
    [Fact]
    public void Equality_TheSamePartsBuiltApart_AreEqual()
    {
        Template one = [new Literal("Host="), new EndpointReference("db", "tcp", EndpointProperty.Host)];
        Template other =
        [
            new Literal("Ho"),
            new Literal(""),
            new Literal("st="),
            new EndpointReference("db", "tcp", EndpointProperty.Host),
        ];

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, Template.FromText("Host="));
    }

    [Fact]
    public void ToString_References_AreNamedInBraces()
    {
        Template value =
        [
            new Literal("Host="),
            new EndpointReference("db", "tcp", EndpointProperty.Host),
            new Literal(";Password="),
            new SecretReference("db-password", ValueEncoding.Uri),
        ];

        Assert.Equal("Host={db.tcp.host};Password={db-password:uri}", value.ToString());
        Assert.True(value.HoldsSecret);
        Assert.Null(value.AsSecret);
        Assert.Null(value.AsLiteral);
    }

    [Fact]
    public void AsSecret_OneSecretAsItIs_IsItsName()
    {
        Assert.Equal("key", new Template([new SecretReference("key")]).AsSecret);
        Assert.Null(new Template([new SecretReference("key", ValueEncoding.Uri)]).AsSecret);
        Assert.Equal("", Template.Empty.AsLiteral);
        Assert.Equal("x", Template.FromText("x").AsLiteral);
    }
}
