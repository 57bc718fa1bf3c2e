using System.Text.Json;
using System.Text.RegularExpressions;
using AspireDeploy.Tests.Publishing;
using AspireDeploy.Tests.Writers.Bicep;

namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>The manifest that azd asks for, with the target and without it.</summary>
public sealed class AzdManifestTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspiredeploy-azd-");

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<string> PublishAsync(Action<IDistributedApplicationBuilder> declare)
    {
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions
            {
                Args = ["--publisher", "manifest", "--output-path", Path.Combine(_folder.FullName, "manifest.json")],
                DisableDashboard = true,
                ProjectDirectory = _folder.FullName,
            }
        );
        declare(builder);
        await using var application = builder.Build();
        await PipelineRun.EndAsync(application);
        return await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "manifest.json"), TestContext.Current.CancellationToken);
    }

    private async Task<JsonElement> ResourcesAsync(Action<IDistributedApplicationBuilder> declare) =>
        JsonSerializer.Deserialize<JsonElement>(await PublishAsync(declare)).GetProperty("resources");

    private static void Shop(IDistributedApplicationBuilder builder)
    {
        var catalog = builder.AddPostgres("postgres").WithDataVolume("catalog").AddDatabase("catalog");
        var cache = builder.AddRedis("cache");
        var migrator = builder.AddContainer("migrator", "example/migrator", "1").WithReference(catalog).WaitFor(catalog);
        builder
            .AddContainer("api", "example/api", "1")
            .WithHttpEndpoint(targetPort: 8080)
            .WithReference(catalog)
            .WithReference(cache)
            .WaitForCompletion(migrator);
        builder.AddProject<Reading.Planned.Worker>("worker");
    }

    private static void ForAzure(IDistributedApplicationBuilder builder)
    {
        Shop(builder);
        builder.AddAzureContainerAppsTarget("azure").WithManagedPostgres();
    }

    [Fact]
    public async Task Manifest_WithTheTarget_HasAModuleForEachResource_AndTheEnvironment()
    {
        var resources = await ResourcesAsync(ForAzure);

        Assert.Equal(
            [
                "api:container.v1",
                "azure:azure.bicep.v0",
                "cache-password-uri-encoded:annotated.string",
                "cache-password:parameter.v0",
                "cache:container.v1",
                "migrator:container.v1",
                "postgres-password-uri-encoded:annotated.string",
                "postgres-password:parameter.v0",
                "postgres:azure.bicep.v0",
                "worker:project.v1",
            ],
            resources
                .EnumerateObject()
                .Select(static resource => $"{resource.Name}:{resource.Value.GetProperty("type").GetString()}")
                .Order(StringComparer.Ordinal)
        );
        Assert.All(Modules(resources), module =>
            Assert.True(File.Exists(Path.Combine(_folder.FullName, module.GetProperty("path").GetString()!)), module.GetRawText())
        );
    }

    [Fact]
    public async Task Manifest_WhatIsKeptOutOfTheTarget_IsNotInIt()
    {
        var resources = await ResourcesAsync(static builder =>
        {
            var azure = builder.AddAzureContainerAppsTarget();
            builder.AddContainer("api", "example/api", "1");
            builder.AddContainer("tools", "example/tools", "1").ExcludeFrom(azure);
        });

        Assert.Equal(["api", "azure"], resources.EnumerateObject().Select(static resource => resource.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Manifest_WithTheTarget_IsWhatTheSchemaOfAzdSays()
    {
        var resources = await ResourcesAsync(ForAzure);

        Assert.Equal("", resources.GetProperty("azure").GetProperty("params").GetProperty("userPrincipalId").GetString());
        Assert.All(resources.EnumerateObject(), static resource => Assert.Empty(
                resource
                    .Value.EnumerateObject()
                    .Select(static property => property.Name)
                    .Except(
                        resource.Value.GetProperty("type").GetString() switch
                        {
                            "container.v1" => ["type", "image", "deployment"],
                            "project.v1" => ["type", "path", "deployment"],
                            "azure.bicep.v0" => ["type", "path", "params"],
                            "annotated.string" => ["type", "value", "filter"],
                            _ => ["type", "value", "inputs"],
                        }
                    )
            ));
        // azd takes texts alone, and no reference to what the manifest hasn't. (Azure/azure-dev, cli/azd/pkg/apphost/generate.go,
        // buildDeployBlock)
        Assert.All(Modules(resources).SelectMany(static module => module.GetProperty("params").EnumerateObject()), argument =>
            Assert.All(
                Regex.Matches(argument.Value.GetString()!, @"\{([A-Za-z0-9-]+)\.").Select(static match => match.Groups[1].Value),
                name => Assert.True(resources.TryGetProperty(name, out _), name)
            )
        );
    }

    private static void ForAzureInContainers(IDistributedApplicationBuilder builder)
    {
        Shop(builder);
        builder.AddAzureContainerAppsTarget("azure");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Modules_AsAzdPutsThemTogether_Compile_AndGiveEachOtherWhatTheyTake(bool managed)
    {
        var resources = await ResourcesAsync(managed ? ForAzure : ForAzureInContainers);
        var files = Modules(resources)
            .Select(static module => module.GetProperty("path").GetString()!)
            .ToDictionary(static path => path, path => File.ReadAllText(Path.Combine(_folder.FullName, path)));
        files["main.bicep"] = AzdTemplate.Of(resources);

        var (said, templates) = await BicepCompiler.CompileAsync(files);

        Assert.Equal("", said);
        Assert.All(Modules(resources), module =>
            Assert.Subset(
                templates[module.GetProperty("path").GetString()!]
                    .GetProperty("parameters")
                    .EnumerateObject()
                    .Select(static parameter => parameter.Name)
                    .ToHashSet(),
                module.GetProperty("params").EnumerateObject().Select(static argument => argument.Name).ToHashSet()
            )
        );
        // azd pushes images to the output of this name. (Azure/azure-dev, cli/azd/pkg/apphost/generate.go, evaluateForOutputs)
        Assert.True(templates["main.bicep"].GetProperty("outputs").TryGetProperty("AZURE_CONTAINER_REGISTRY_ENDPOINT", out _));
    }

    [Fact]
    public async Task Manifest_APlainDataVolume_IsCarriedInAContainer_ThatTheDeploymentEndsFirst()
    {
        var resources = await ResourcesAsync(ForAzureInContainers);

        Assert.Equal("container.v1", resources.GetProperty("postgres").GetProperty("type").GetString());
        Assert.Equal(
            "{azure.outputs.UPDATES_IDENTITY_ID}",
            resources.GetProperty("postgres").GetProperty("deployment").GetProperty("params").GetProperty("updatesIdentity").GetString()
        );
    }

    [Fact]
    public async Task Manifest_Twice_GivesTheSameBytes() => Assert.Equal(await PublishAsync(ForAzure), await PublishAsync(ForAzure));

    [Fact]
    public async Task Manifest_WithoutTheTarget_IsAspiresOwn()
    {
        var resources = await ResourcesAsync(Shop);

        Assert.Equal("container.v0", resources.GetProperty("postgres").GetProperty("type").GetString());
        Assert.Equal("project.v0", resources.GetProperty("worker").GetProperty("type").GetString());
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "azure")));
    }

    [Fact]
    public async Task Manifest_AnAzureYamlThatDeploysInAnotherOrder_IsRefused_AndNothingIsWritten()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "azure.yaml"),
            "workflows:\n  up:\n    steps:\n      - azd: provision\n      - azd: deploy cache\n      - azd: deploy worker\n      - "
                + "azd: deploy api\n      - azd: deploy migrator\n",
            TestContext.Current.CancellationToken
        );

        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() => PublishAsync(ForAzure));

        Assert.Contains(
            "azure.yaml: deploys api before migrator, which api waits for; let it have",
            refused.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(["azure.yaml"], _folder.EnumerateFileSystemInfos().Select(static entry => entry.Name));
    }

    [Fact]
    public async Task Manifest_WhatCanNotBeCarried_IsRefusedWithTheWayOut()
    {
        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            PublishAsync(static builder =>
            {
                ForAzureInContainers(builder);
                builder.AddContainer("big", "example/big", "1").WithMemory("9Gi");
            })
        );

        Assert.Contains(
            "big.memory: Azure Container Apps can't carry \"limit 9Gi, request 9Gi\"",
            refused.Message,
            StringComparison.Ordinal
        );
    }

    private static IEnumerable<JsonElement> Modules(JsonElement resources) =>
        resources
            .EnumerateObject()
            .Select(static resource => resource.Value)
            .Select(static resource => resource.TryGetProperty("deployment", out var deployment) ? deployment : resource)
            .Where(static module => module.TryGetProperty("params", out _));
}
