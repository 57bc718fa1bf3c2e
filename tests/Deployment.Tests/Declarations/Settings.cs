using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Tests.Reading;

namespace AspireDeploy.Tests.Declarations;

/// <summary>Arguments, variables, parameters, references and secrets.</summary>
internal static class Settings
{
    internal static IReadOnlyList<Declaration> All { get; } =
    [
        new("environment", static builder =>
            builder
                .AddContainer("web", "example/web", "1")
                .WithEnvironment("GREETING", "it's \"$HOME\" {{ 1 }} ${x} %41 \\n")
                .WithEnvironment("EMPTY", "")
        ),
        new("args", static builder => builder.AddProject<Planned.Worker>("worker").WithArgs("--verbose", "two words")),
        new("parameter", static builder =>
            builder.AddContainer("web", "example/web", "1").WithEnvironment("REGION", builder.AddParameter("region"))
        ),
        new("parameter-with-a-default", static builder =>
            builder
                .AddContainer("web", "example/web", "1")
                .WithEnvironment("REGION", builder.AddParameter("region", "north", publishValueAsDefault: true))
        ),
        new("parameter-in-a-text", static builder =>
            builder
                .AddContainer("web", "example/web", "1")
                .WithEnvironment("TITLE", ReferenceExpression.Create($"Shop of {builder.AddParameter("region")}"))
        ),
        new("secret-parameter", static builder =>
            builder.AddProject<Planned.Web>("api").WithEnvironment("KEY", builder.AddParameter("key", secret: true))
        ),
        new("secret-under-a-nested-name", static builder =>
            builder.AddProject<Planned.Web>("api").WithEnvironment("Jwt:Key", builder.AddParameter("key", secret: true))
        ),
        new("secret-called-mounted", static builder =>
            builder.AddProject<Planned.Web>("api").WithEnvironment("KEY", builder.AddParameter("mounted", secret: true))
        ),
        new("secret-of-an-unknown-image", static builder =>
            builder.AddContainer("web", "example/web", "1").WithEnvironment("KEY", builder.AddParameter("key", secret: true))
        ),
        new("secret-as-file", static builder =>
            builder
                .AddContainer("web", "example/web", "1")
                .WithEnvironment("KEY", builder.AddParameter("key", secret: true))
                .WithSecretAsFile("KEY", "KEY_FILE")
        ),
        new("secret-of-our-defaults", static builder =>
            builder.AddProject<Planned.Web>("api").WithServiceDefaults().WithEnvironment("KEY", builder.AddParameter("key", secret: true))
        ),
        new("connection-string", static builder =>
            builder.AddProject<Planned.Web>("api").WithReference(builder.AddConnectionString("orders"))
        ),
        new("connection-string-of-a-text", static builder =>
            builder
                .AddProject<Planned.Web>("api")
                .WithReference(
                    builder.AddConnectionString(
                        "orders",
                        ReferenceExpression.Create($"Server=db;Password={builder.AddParameter("db-password", secret: true)}")
                    )
                )
        ),
#pragma warning disable CS0618 // Obsolete, and in AppHosts all the same.
        new("publish-as-connection-string", static builder =>
            builder.AddProject<Planned.Web>("api").WithReference(builder.AddPostgres("postgres").PublishAsConnectionString())
        ),
#pragma warning restore CS0618
        new("external-service", static builder =>
            builder.AddProject<Planned.Web>("api").WithReference(builder.AddExternalService("payments", "https://pay.example.com/"))
        ),
        new("external-service-awaited", static builder =>
            builder.AddProject<Planned.Web>("api").WaitFor(builder.AddExternalService("payments", "https://pay.example.com/"))
        ),
        new("service-reference", static builder =>
            builder.AddProject<Planned.Worker>("worker").WithReference(builder.AddProject<Planned.Web>("api"))
        ),
        new("endpoint-in-a-variable", static builder =>
            builder
                .AddContainer("web", "example/web", "1")
                .WithEnvironment("API_URL", builder.AddProject<Planned.Web>("api").GetEndpoint("http"))
        ),
        new("endpoint-of-its-own", static builder =>
        {
            var web = builder.AddContainer("web", "example/web", "1").WithHttpEndpoint(targetPort: 3000, env: "PORT");
            web.WithEnvironment("SELF", web.GetEndpoint("http"));
        }),
        new("conditional-expression", static builder =>
            builder
                .AddContainer("web", "example/web", "1")
                .WithEnvironment(
                    "TLS",
                    ReferenceExpression.CreateConditional(
                        builder.AddParameter("tls", "true", publishValueAsDefault: true).Resource,
                        "true",
                        ReferenceExpression.Create($"https"),
                        ReferenceExpression.Create($"http")
                    )
                )
        ),
        new("conditional-expression-by-a-value-of-this-machine", static builder =>
            builder
                .AddContainer("web", "example/web", "1")
                .WithEnvironment(
                    "TLS",
                    ReferenceExpression.CreateConditional(
                        builder.AddParameter("tls", "false").Resource,
                        "true",
                        ReferenceExpression.Create($"https"),
                        ReferenceExpression.Create($"http")
                    )
                )
        ),
        new("conditional-expression-without-a-value", static builder =>
            builder
                .AddContainer("web", "example/web", "1")
                .WithEnvironment(
                    "TLS",
                    ReferenceExpression.CreateConditional(
                        builder.AddParameter("tls").Resource,
                        "true",
                        ReferenceExpression.Create($"https"),
                        ReferenceExpression.Create($"http")
                    )
                )
        ),
        new("disabled-forwarded-headers", static builder => builder.AddProject<Planned.Web>("api").DisableForwardedHeaders()),
    ];
}
