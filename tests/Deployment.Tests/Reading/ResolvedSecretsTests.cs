using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Tests.Reading;

/// <summary>A secret's value on this machine is never published, though a callback asks for it.</summary>
public sealed class ResolvedSecretsTests
{
    private const string Advice =
        "on this machine, which a callback asked for; give the parameter itself in place of its value, in a text with "
        + "ReferenceExpression.Create";

    private static IResourceBuilder<ParameterResource> Key(IDistributedApplicationBuilder builder) =>
        builder.AddParameter("key", "s3cret-of-mine", secret: true);

    [Fact]
    public async Task Build_AVariableWithAResolvedSecret_IsRefused() =>
        Assert.Equal(
            [$"api.env.KEY: holds the value of key {Advice}"],
            await Planned.RefusalsAsync(static builder =>
            {
                var key = Key(builder);
                builder
                    .AddContainer("api", "example/api", "1")
                    .WithEnvironment(async context =>
                        context.EnvironmentVariables["KEY"] = "key=" + await key.Resource.GetValueAsync(context.CancellationToken)
                    );
            })
        );

    [Fact]
    public async Task Build_AResolvedConnectionString_IsRefused_ThoughItsPasswordIsMadeAtRandom() =>
        Assert.Equal(
            [$"api.env.DATABASE: holds the value of pg-password {Advice}"],
            await Planned.RefusalsAsync(static builder =>
            {
                var server = builder.AddPostgres("pg");
                builder
                    .AddContainer("api", "example/api", "1")
                    .WithEnvironment(async context =>
                        context.EnvironmentVariables["DATABASE"] =
                            "x" + await server.Resource.PasswordParameter.GetValueAsync(context.CancellationToken)
                    );
            })
        );

    [Fact]
    public async Task Build_AFileWithAResolvedSecret_IsRefused() =>
        Assert.Equal(
            [$"api.files./etc/app/token: holds the value of key {Advice}"],
            await Planned.RefusalsAsync(static builder =>
            {
                var key = Key(builder);
                builder
                    .AddContainer("api", "example/api", "1")
                    .WithContainerFiles("/etc/app", async (_, cancellationToken) =>
                        [new ContainerFile { Name = "token", Contents = "token: " + await key.Resource.GetValueAsync(cancellationToken) }]
                    );
            })
        );

    [Fact]
    public async Task Build_TheParameterItself_IsASecret() =>
        Assert.True(
            (
                await Planned.WorkloadAsync("api", static builder =>
                    builder.AddContainer("api", "example/api", "1").WithEnvironment("KEY", Key(builder))
                )
            )
                .Environment.Single()
                .HoldsSecret
        );

    [Fact]
    public async Task Build_AWordThatIsASecretOnThisMachineToo_IsAWord() =>
        Assert.Equal("postgres", (await Planned.WorkloadAsync("api", static builder =>
                {
                    builder.AddParameter("password", "postgres", secret: true);
                    builder.AddContainer("api", "example/api", "1").WithEnvironment("DB", "postgres");
                })).Environment.Single().Value.AsLiteral);
}
