using System.Globalization;
using System.Text.Json;
using AspireDeploy.Model;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>
/// Each concept in the ARM templates that the compiler makes of the modules, whose properties and values it holds against the published
/// resource types.
/// </summary>
public sealed class AzureConceptTests(AzureTemplates templates) : IClassFixture<AzureTemplates>
{
    [Fact]
    public void Modules_OfEveryCase_CompileAndLintWithoutAWord()
    {
        Assert.Equal("", templates.Messages);
        Assert.Equal(
            AzureCaseTests.Names.Sum(static row => AzureCases.PlanOf(row.Data).Workloads.Count + 2)
                + templates.ModulesOf(TargetCase.AppHost).Count(),
            templates.Count
        );
        Assert.Equal(
            ["api", "azure", "cache", "main.subscription", "migrator", "postgres"],
            templates.ModulesOf(TargetCase.AppHost).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Parameters_OfEveryModule_AreGivenByAzdOrHaveAValue() =>
        Assert.All(AzureCaseTests.Names.Select(static row => row.Data), name =>
            Assert.All(AzureCases.TargetOf(name).Modules(AzureCases.PlanOf(name)), module =>
            {
                var parameters = templates.Of(name, module.Resource).GetProperty("parameters").EnumerateObject().ToList();
                Assert.Empty(module.Arguments.Keys.Except(parameters.Select(static parameter => parameter.Name)));
                Assert.All(parameters.Where(parameter => !module.Arguments.ContainsKey(parameter.Name)), static parameter =>
                    Assert.True(parameter.Value.TryGetProperty("defaultValue", out _), parameter.Name)
                );
            })
        );

    [Fact]
    public void Workloads_OfEveryCase_AreAsDeclared() =>
        Assert.All(AzureCaseTests.Names.Select(static row => row.Data), name =>
            Assert.All(AzureCases.PlanOf(name).Workloads.Where(workload => !IsManaged(name, workload)), workload =>
            {
                var (template, container) = (templates.Template(name, workload), templates.Container(name, workload));
                Assert.Equal(workload.Image is BuiltImage ? "[parameters('image')]" : workload.Image.ToString(), Text(container, "image"));
                Assert.True(Cores(container) >= (workload.Cpu?.Limit ?? workload.Cpu?.Request ?? 0));
                Assert.True(Size.Parse(Text(container, "resources", "memory")) >= (workload.Memory?.Limit ?? new Size(0)));
                Assert.Equal(
                    Cores(container) * 2,
                    Size.Parse(Text(container, "resources", "memory")).Bytes / (decimal)Size.Gibibytes(1).Bytes
                );
                if (workload.IsJob)
                    return;
                Assert.Equal(
                    (workload.Scale.Minimum, workload.Scale.Maximum),
                    (Number(template, "scale", "minReplicas"), Number(template, "scale", "maxReplicas"))
                );
                Assert.Equal(workload.StopGracePeriod.TotalSeconds, Number(template, "terminationGracePeriodSeconds"));
                Assert.Equal(
                    workload is { Update: UpdateOrder.StopFirst, IsStateful: true } ? "Multiple" : "Single",
                    Text(templates.Configuration(name, workload), "activeRevisionsMode")
                );
            })
        );

    [Fact]
    public void Probes_AreAskedAsDeclared_WithinWhatAzureAllows()
    {
        var probes = templates.Container("replicas", Of("replicas", "api")).GetProperty("probes").EnumerateArray().ToList();

        Assert.Equal(["Startup", "Readiness", "Liveness"], probes.Select(static probe => Text(probe, "type")));
        Assert.Equal(
            ("/health", 8080, "HTTP"),
            (Text(probes[0], "httpGet", "path"), Number(probes[0], "httpGet", "port"), Text(probes[0], "httpGet", "scheme"))
        );
        // 30 tries 2 s apart are a minute, and so are the 10 that there may be, 6 s apart.
        Assert.Equal((6, 10), (Number(probes[0], "periodSeconds"), Number(probes[0], "failureThreshold")));
        Assert.Equal(
            (5, 2, 2),
            (Number(probes[1], "periodSeconds"), Number(probes[1], "timeoutSeconds"), Number(probes[1], "failureThreshold"))
        );
        Assert.Equal((8080, 1), (Number(probes[2], "tcpSocket", "port"), Number(probes[2], "initialDelaySeconds")));
    }

    [Fact]
    public void Probe_ACommandOfAKnownImage_IsAConnection() =>
        Assert.Equal(
            6379,
            Number(templates.Container("waits", Of("waits", "zoo")).GetProperty("probes").EnumerateArray().Single(), "tcpSocket", "port")
        );

    [Fact]
    public void Memory_IsOfTheSmallestPairThatHoldsIt()
    {
        var resources = templates.Container("replicas", Of("replicas", "api")).GetProperty("resources");

        Assert.Equal(("[json('0.5')]", "1.0Gi"), (Text(resources, "cpu"), Text(resources, "memory")));
        Assert.Equal(
            ("[json('1.25')]", "2.5Gi"),
            (
                Text(templates.Container("autoscale", Of("autoscale", "worker")), "resources", "cpu"),
                Text(templates.Container("autoscale", Of("autoscale", "worker")), "resources", "memory")
            )
        );
    }

    [Fact]
    public void Autoscale_IsByCpuAndByRequests()
    {
        var rules = templates
            .Template("autoscale", Of("autoscale", "api"))
            .GetProperty("scale")
            .GetProperty("rules")
            .EnumerateArray()
            .ToList();

        Assert.Equal(
            ("cpu", "Utilization", "70"),
            (Text(rules[0], "custom", "type"), Text(rules[0], "custom", "metadata", "type"), Text(rules[0], "custom", "metadata", "value"))
        );
        Assert.Equal("50", Text(rules[1], "http", "metadata", "concurrentRequests"));
    }

    [Fact]
    public void Gateway_IsExternalIngressOverHttpsUnderItsDomain()
    {
        var ingress = templates.Configuration("https", Of("https", "api")).GetProperty("ingress");

        Assert.True(ingress.GetProperty("external").GetBoolean());
        Assert.False(ingress.GetProperty("allowInsecure").GetBoolean());
        Assert.Equal((8080, "auto"), (Number(ingress, "targetPort"), Text(ingress, "transport")));
        var domain = ingress.GetProperty("customDomains").EnumerateArray().Single();
        Assert.Equal(
            (
                "[parameters('parameter_public_host')]",
                "SniEnabled",
                "[format('{0}/managedCertificates/shop', parameters('environmentId'))]"
            ),
            (Text(domain, "name"), Text(domain, "bindingType"), Text(domain, "certificateId"))
        );
        Assert.Equal(
            "[format('https://{0}/api', replace(parameters('parameter_public_host'), '$', '$$'))]",
            Variable("https", "api", "SELF")
        );
    }

    [Fact]
    public void Gateway_ThatDoesNotRedirect_ServesBoth() =>
        Assert.True(
            templates.Configuration("replicas", Of("replicas", "api")).GetProperty("ingress").GetProperty("allowInsecure").GetBoolean()
        );

    [Fact]
    public void Ingress_WhatIsNotForOutside_IsInternal_AndTcpKeepsItsPort()
    {
        var (api, cache, admin) = (Ingress("api"), Ingress("cache"), Ingress("admin"));

        Assert.Equal(
            (false, "auto", false),
            (api.GetProperty("external").GetBoolean(), Text(api, "transport"), api.GetProperty("allowInsecure").GetBoolean())
        );
        Assert.Equal(
            (false, "tcp", 6379, 6379),
            (
                cache.GetProperty("external").GetBoolean(),
                Text(cache, "transport"),
                Number(cache, "targetPort"),
                Number(cache, "exposedPort")
            )
        );
        Assert.True(admin.GetProperty("external").GetBoolean());
        var log = admin.GetProperty("additionalPortMappings").EnumerateArray().Single();
        Assert.Equal((true, 5140, 514), (log.GetProperty("external").GetBoolean(), Number(log, "targetPort"), Number(log, "exposedPort")));

        JsonElement Ingress(string name) => templates.Configuration("network", Of("network", name)).GetProperty("ingress");
    }

    [Fact]
    public void References_AreTheAddressesThatIngressGives()
    {
        Assert.Equal("[format('https://api.internal.{0}', parameters('domain'))]", Variable("network", "web", "services__api__http__0"));
        Assert.Equal("http://api:9090", Variable("network", "web", "METRICS"));
        Assert.Equal(
            "[format('http://web.{0} web.{1} 8080', parameters('domain'), parameters('domain'))]",
            Variable("network", "web", "SELF")
        );
        Assert.Equal("redis://cache:6379", Variable("network", "admin", "CACHE"));
        Assert.Equal("[format('https://admin.{0} admin:514', parameters('domain'))]", Variable("network", "api", "ADMIN"));
    }

    [Fact]
    public void Job_IsAJobThatTheDeploymentRunsAndAwaits()
    {
        var configuration = templates.Configuration("waits", Of("waits", "migrator"));
        var run = templates.Resource("waits", "migrator", "Microsoft.Resources/deploymentScripts");

        Assert.Equal(
            ("Manual", 120, 3),
            (Text(configuration, "triggerType"), Number(configuration, "replicaTimeout"), Number(configuration, "replicaRetryLimit"))
        );
        Assert.Contains("Microsoft.App/jobs", run.GetProperty("dependsOn").EnumerateArray().Single().GetString(), StringComparison.Ordinal);
        Assert.Equal("[parameters('deployed')]", Text(run, "properties", "forceUpdateTag"));
        Assert.Equal("[utcNow()]", Text(templates.Of("waits", "migrator").GetProperty("parameters"), "deployed", "defaultValue"));
        Assert.Equal("780", Given(run, "TIMEOUT"));
        Assert.Equal("PT28M", Text(run, "properties", "timeout"));
    }

    [Fact]
    public void Job_ItsIdentity_MayRunJobsAndNothingElse()
    {
        var assignments = templates
            .Resources("waits", "azure", "Microsoft.Authorization/roleAssignments")
            .Where(static assignment =>
                assignment.GetRawText().Contains("'jobs'", StringComparison.Ordinal)
                || assignment.GetRawText().Contains("id-jobs-", StringComparison.Ordinal)
            )
            .ToList();

        Assert.Equal(2, assignments.Count);
        Assert.All(assignments, static assignment =>
            Assert.True(
                assignment.GetRawText().Contains("b9a307c4-5aa3-4b52-ba60-2b17c136cd7b", StringComparison.Ordinal)
                    || assignment.GetRawText().Contains("edd66693-d32a-450b-997d-0158c03976b0", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public void Update_OfWhatOwnsData_EndsWhatRunsBeforeTheNextRevisionStarts()
    {
        var (ending, app) = (
            templates.Resource("data", "postgres", "Microsoft.Resources/deploymentScripts"),
            templates.Resource("data", "postgres", "Microsoft.App/containerApps")
        );

        Assert.Contains(
            "Microsoft.Resources/deploymentScripts', 'end-postgres'",
            app.GetProperty("dependsOn").EnumerateArray().Single().GetString(),
            StringComparison.Ordinal
        );
        Assert.Matches(@"^\[reference\(.*'end-postgres'.*\)\.outputs\.suffix\]$", Text(app, "properties", "template", "revisionSuffix"));
        Assert.Equal("Multiple", Text(app, "properties", "configuration", "activeRevisionsMode"));
        var traffic = app.GetProperty("properties")
            .GetProperty("configuration")
            .GetProperty("ingress")
            .GetProperty("traffic")
            .EnumerateArray()
            .Single();
        Assert.Equal((true, 100), (traffic.GetProperty("latestRevision").GetBoolean(), Number(traffic, "weight")));
        Assert.Equal(
            (1, 1),
            (Number(app, "properties", "template", "scale", "minReplicas"), Number(app, "properties", "template", "scale", "maxReplicas"))
        );
        Assert.Equal("[resourceId('Microsoft.App/containerApps', 'postgres')]", Given(ending, "APP"));
        Assert.Equal("360", Given(ending, "TIMEOUT"));
        Assert.Equal("PT21M", Text(ending, "properties", "timeout"));
        Assert.Equal("[parameters('deployed')]", Text(ending, "properties", "forceUpdateTag"));
        Assert.Contains("parameters('updatesIdentity')", ending.GetProperty("identity").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Update_ItsIdentity_MayReadAndEndApps_AndIsNotTheJobsOwn()
    {
        Assert.Equal(2, templates.Resources("data", "azure", "Microsoft.Authorization/roleAssignments").Count(IsOf("updates")));
        Assert.All(["f3bd1b5c-91fa-40e7-afe7-0c11d331232c", "ad2dd5fb-cd4b-4fd4-a9b6-4fed3630980b"], role =>
            Assert.Single(
                templates.Resources("data", "azure", "Microsoft.Authorization/roleAssignments").Where(IsOf("updates")),
                assignment => assignment.GetRawText().Contains(role, StringComparison.Ordinal)
            )
        );
        Assert.Equal(2, templates.Resources("data", "azure", "Microsoft.Authorization/roleAssignments").Count(IsOf("jobs")));
        Assert.DoesNotContain(templates.Resources("waits", "azure", "Microsoft.Authorization/roleAssignments"), static assignment =>
            IsOf("updates")(assignment)
        );

        static Func<JsonElement, bool> IsOf(string identity) =>
            assignment => assignment.GetRawText().Contains($"id-{identity}-", StringComparison.Ordinal);
    }

    [Fact]
    public void Data_OfAKnownServer_IsItsAloneByALockOnTheShare()
    {
        var postgres = templates.Container("data", Of("data", "postgres"));
        var command = postgres.GetProperty("command").EnumerateArray().Select(static word => word.GetString()).ToList();

        Assert.Equal(("/bin/sh", "-c", "postgres"), (command[0], command[1], command[3]));
        Assert.Contains("exec 9>> /var/lib/postgresql/.lock\n", command[2], StringComparison.Ordinal);
        Assert.Equal(
            ["docker-entrypoint.sh", "postgres"],
            postgres.GetProperty("args").EnumerateArray().Select(static word => word.GetString())
        );
        Assert.False(templates.Container("data", Of("data", "search")).TryGetProperty("command", out _));
        Assert.False(templates.Container("data", Of("data", "api")).TryGetProperty("command", out _));
    }

    [Fact]
    public void Secrets_AreSecretsOfTheApp_MountedWhereTheyAreRead()
    {
        var (configuration, template, container) = (
            templates.Configuration("secrets", Of("secrets", "api")),
            templates.Template("secrets", Of("secrets", "api")),
            templates.Container("secrets", Of("secrets", "api"))
        );
        var secrets = configuration
            .GetProperty("secrets")
            .EnumerateArray()
            .ToDictionary(static secret => Text(secret, "name"), static secret => Text(secret, "value"));

        Assert.Equal(
            "[format('Host=postgres;Port=5432;Password={0};Database={1}', parameters('secret_postgres_password'), "
                + "parameters('parameter_database'))]",
            secrets["api-connectionstrings-catalog"]
        );
        Assert.Equal(
            "[format('postgresql://postgres:{0}@postgres:5432/', uriComponent(parameters('secret_postgres_password')))]",
            secrets["api-catalog-uri"]
        );
        Assert.Equal("[parameters('secret_stripe_key')]", secrets["env-stripe-key"]);
        Assert.Equal(
            "securestring",
            Text(templates.Of("secrets", "api").GetProperty("parameters"), "secret_postgres_password", "type").ToLowerInvariant()
        );
        Assert.Equal(
            "env-stripe-key",
            container
                .GetProperty("env")
                .EnumerateArray()
                .Single(static variable => Text(variable, "name") == "STRIPE_KEY")
                .GetProperty("secretRef")
                .GetString()
        );
        var volume = template.GetProperty("volumes").EnumerateArray().Single();
        Assert.Equal("Secret", Text(volume, "storageType"));
        Assert.Equal(
            [("api-catalog-uri", "CATALOG_URI"), ("api-connectionstrings-catalog", "ConnectionStrings__catalog")],
            volume.GetProperty("secrets").EnumerateArray().Select(static item => (Text(item, "secretRef"), Text(item, "path")))
        );
        Assert.Equal("/mnt/secrets", Text(container.GetProperty("volumeMounts").EnumerateArray().Single(), "mountPath"));
    }

    [Fact]
    public void Secrets_AFileThatAVariableNames_IsNamedByIt() =>
        Assert.Equal("/mnt/secrets/postgres-password", Variable("secrets", "postgres", "POSTGRES_PASSWORD_FILE"));

    [Fact]
    public void Secrets_AnotherValueOfAny_MakesANewRevision() =>
        Assert.All(AzureCaseTests.Names.Select(static row => row.Data), name =>
            Assert.All(AzureCases.PlanOf(name).Workloads.Where(workload => !workload.IsJob && !IsManaged(name, workload)), workload =>
            {
                var secrets = templates
                    .Of(name, workload.Name)
                    .GetProperty("parameters")
                    .EnumerateObject()
                    .Where(static parameter =>
                        parameter.Value.GetProperty("type").GetString()!.Equals("secureString", StringComparison.OrdinalIgnoreCase)
                    )
                    .Select(static parameter => $"parameters('{parameter.Name}')")
                    .ToList();
                if (secrets.Count == 0)
                    return;
                var version = Variable(name, workload.Name, "SECRETS_VERSION");
                Assert.Matches(@"^\[take\(uniqueString\(resourceGroup\(\)\.id, '[0-9a-f]{8}', .*\), 4\)\]$", version);
                Assert.All(secrets, secret => Assert.Contains(secret, version, StringComparison.Ordinal));
            })
        );

    [Fact]
    public void Secrets_OfAProgramThatReadsThemFromADirectory_AreWhereItIsTold() =>
        Assert.Equal("/mnt/secrets", Variable("secrets", "api", "Secrets__Directory"));

    [Fact]
    public void Secrets_NothingIsMountedUnderRunSecrets() =>
        Assert.All(AzureCaseTests.Names.Select(static row => row.Data), static name =>
            Assert.DoesNotContain(
                AzureCases.FilesOf(name).Where(static file => file.Path.EndsWith(".bicep", StringComparison.Ordinal)),
                static file => file.Content.Contains("/run/secrets", StringComparison.Ordinal)
            )
        );

    [Fact]
    public void User_OfAServerThatAShellStarts_IsTheOneThatItsImageBecomes() =>
        Assert.Equal(
            ["-c", "exec docker-entrypoint.sh redis-server /mnt/secrets/redis.conf"],
            templates
                .Resource(TargetCase.AppHost, "cache", "Microsoft.App/containerApps")
                .GetProperty("properties")
                .GetProperty("template")
                .GetProperty("containers")[0]
                .GetProperty("args")
                .EnumerateArray()
                .Select(static word => word.GetString())
        );

    [Fact]
    public void Tags_AreOnEverythingThatStandsByItself()
    {
        string[] modules = [.. templates.ModulesOf("managed")];

        Assert.All(
            modules
                .SelectMany(module => templates.Resources("managed", module))
                .Where(static resource =>
                    Text(resource, "type") is var type
                    && type.Count(static letter => letter == '/') == 1
                    && !type.StartsWith("Microsoft.Authorization/", StringComparison.Ordinal)
                    && type != "Microsoft.Resources/deployments"
                    && !resource.TryGetProperty("existing", out _)
                ),
            static resource =>
                Assert.Equal(("shop", "it's ours"), (Text(resource, "tags", "aspire-deploy"), Text(resource, "tags", "team")))
        );
    }

    [Fact]
    public void Network_HasTheAddressesThatWereChosen()
    {
        var network = templates.Resource("managed", "azure", "Microsoft.Network/virtualNetworks").GetProperty("properties");

        Assert.Equal("10.8.0.0/20", network.GetProperty("addressSpace").GetProperty("addressPrefixes")[0].GetString());
        Assert.Equal(
            ["10.8.0.0/23", "10.8.2.0/27", "10.8.2.32/27"],
            network.GetProperty("subnets").EnumerateArray().Select(static subnet => Text(subnet, "properties", "addressPrefix"))
        );
    }

    [Fact]
    public void Group_IsMadeWithItsTag_OnlyWhereThereIsNone()
    {
        var group = templates.Resource("managed", "main.subscription", "Microsoft.Resources/resourceGroups");

        Assert.Equal(("[parameters('makesGroup')]", "shop"), (Text(group, "condition"), Text(group, "tags", "aspire-deploy")));
        Assert.Equal(
            "[parameters('groupName')]",
            Text(templates.Resource("managed", "main.subscription", "Microsoft.Resources/deployments"), "resourceGroup")
        );
    }

    [Fact]
    public void Outputs_OfTheEnvironment_AreInOneToo_InTheirOrder() =>
        Assert.All(AzureCaseTests.Names.Select(static row => row.Data), name =>
        {
            var outputs = templates.Of(name, AzureCases.TargetOf(name).Name).GetProperty("outputs").EnumerateObject().ToList();

            Assert.Equal(
                outputs.SkipLast(1).Select(static output => Text(output.Value, "value")),
                outputs[^1].Value.GetProperty("value").EnumerateArray().Select(static value => value.GetString())
            );
            Assert.Equal("values", outputs[^1].Name);
        });

    [Fact]
    public void Job_IsRunByItsModule_UnlessWhoeverDeploysDoesThat()
    {
        Assert.Equal(
            "[parameters('runs')]",
            Text(templates.Resource("waits", "migrator", "Microsoft.Resources/deploymentScripts"), "condition")
        );
        Assert.True(
            templates.Of("waits", "migrator").GetProperty("parameters").GetProperty("runs").GetProperty("defaultValue").GetBoolean()
        );
    }

    [Fact]
    public void Identity_PullsImages_AndTheProcessCanNotUseIt()
    {
        var configuration = templates.Configuration("replicas", Of("replicas", "api"));

        Assert.Equal("None", Text(configuration.GetProperty("identitySettings").EnumerateArray().Single(), "lifecycle"));
        Assert.Equal(
            ("[parameters('registry')]", "[parameters('pullIdentity')]"),
            (
                Text(configuration.GetProperty("registries").EnumerateArray().Single(), "server"),
                Text(configuration.GetProperty("registries").EnumerateArray().Single(), "identity")
            )
        );
    }

    [Fact]
    public void Data_IsOnAzureFilesByNfs_AndReadOnlyWhereDeclared()
    {
        var volume = templates
            .Template("data", Of("data", "postgres"))
            .GetProperty("volumes")
            .EnumerateArray()
            .Single(static volume => Text(volume, "storageType") == "NfsAzureFile");
        var storages = templates
            .Resources("data", "azure", "Microsoft.App/managedEnvironments/storages")
            .ToDictionary(
                static storage => Text(storage, "name").Split('\'')[^2],
                static storage => Text(storage, "properties", "nfsAzureFile", "accessMode")
            );
        var shares = templates.Resources("data", "azure", "Microsoft.Storage/storageAccounts/fileServices/shares").ToList();

        Assert.Equal(("data-catalog-data", "data-catalog-data"), (Text(volume, "storageName"), Text(volume, "name")));
        Assert.Equal(
            "/var/lib/postgresql",
            templates
                .Container("data", Of("data", "postgres"))
                .GetProperty("volumeMounts")
                .EnumerateArray()
                .Single(static mount => Text(mount, "volumeName") == "data-catalog-data")
                .GetProperty("mountPath")
                .GetString()
        );
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["data-catalog-data"] = "ReadWrite",
                ["data-index"] = "ReadWrite",
                ["data-uploads"] = "ReadWrite",
                ["data-uploads-ro"] = "ReadOnly",
            },
            storages
        );
        Assert.All(shares, static share => Assert.Equal("NFS", Text(share, "properties", "enabledProtocols")));
        Assert.Equal([200, 100, 100], shares.Select(static share => Number(share, "properties", "shareQuota")));
        Assert.Equal(
            "Deny",
            Text(templates.Resource("data", "azure", "Microsoft.Storage/storageAccounts"), "properties", "networkAcls", "defaultAction")
        );
    }

    [Fact]
    public void Files_ComeAsSecretsAtTheirDirectory()
    {
        var mount = templates
            .Container("data", Of("data", "postgres"))
            .GetProperty("volumeMounts")
            .EnumerateArray()
            .Single(static mount => Text(mount, "mountPath") == "/docker-entrypoint-initdb.d");
        var file = templates
            .Template("data", Of("data", "postgres"))
            .GetProperty("volumes")
            .EnumerateArray()
            .Single(volume => Text(volume, "name") == Text(mount, "volumeName"))
            .GetProperty("secrets")
            .EnumerateArray()
            .Single();

        Assert.Equal("10-extensions.sql", Text(file, "path"));
        Assert.Equal(
            "create extension if not exists pg_trgm;\n",
            templates
                .Configuration("data", Of("data", "postgres"))
                .GetProperty("secrets")
                .EnumerateArray()
                .Single(secret => Text(secret, "name") == Text(file, "secretRef"))
                .GetProperty("value")
                .GetString()
        );
    }

    [Fact]
    public void ManagedServices_AreServersOfAzure_ReachedOverTlsFromTheNetworkAlone()
    {
        var (postgres, redis) = (
            templates.Resource("managed", "postgres", "Microsoft.DBforPostgreSQL/flexibleServers"),
            templates.Resource("managed", "cache", "Microsoft.Cache/redisEnterprise")
        );
        var secrets = templates
            .Configuration("managed", Of("managed", "api"))
            .GetProperty("secrets")
            .EnumerateArray()
            .ToDictionary(static secret => Text(secret, "name"), static secret => Text(secret, "value"));

        Assert.Equal(
            ("postgres", "[parameters('secret_postgres_password')]", "[parameters('subnet')]"),
            (
                Text(postgres, "properties", "administratorLogin"),
                Text(postgres, "properties", "administratorLoginPassword"),
                Text(postgres, "properties", "network", "delegatedSubnetResourceId")
            )
        );
        Assert.Equal(2, templates.Resources("managed", "postgres", "Microsoft.DBforPostgreSQL/flexibleServers/databases").Count());
        Assert.Equal("Disabled", Text(redis, "properties", "publicNetworkAccess"));
        Assert.Equal(
            "[format('Host={0};Port=5432;Username=postgres;Password={1};Database=catalog', parameters('postgres_host'), "
                + "parameters('secret_postgres_password'))]",
            secrets["api-connectionstrings-catalog"]
        );
        Assert.Matches(
            @"^\[format\('\{0\}:10000,password=\{1\},ssl=true', parameters\('cache_host'\), listKeys\(",
            secrets["api-connectionstrings-cache"]
        );
        Assert.Matches(@"^\[format\('rediss://:\{0\}@\{1\}:10000', uriComponent\(listKeys\(", secrets["api-cache-uri"]);
        Assert.Equal("10000", Variable("managed", "api", "CACHE_PORT"));
    }

    [Fact]
    public void Values_ThatMeanSomethingToBicepOrArm_AreWhatWasDeclared()
    {
        var plan = Of("nasty", "echo");

        Assert.All(plan.Environment.Where(static variable => variable.Value.AsLiteral is not null), variable =>
            Assert.Equal(variable.Value.AsLiteral, Read(Variable("nasty", "echo", variable.Name)))
        );
        Assert.Equal(
            plan.Arguments.Select(static argument => argument.AsLiteral).OfType<string>(),
            templates
                .Container("nasty", plan)
                .GetProperty("args")
                .EnumerateArray()
                .Select(static argument => Read(argument.GetString()!))
                .SkipLast(1)
        );
        // In a format braces are doubled.
        Assert.Equal(
            "[format('it''s $${{x}} {0}', replace(parameters('parameter_spaces'), '$', '$$'))]",
            Variable("nasty", "echo", "PARAMETER")
        );

        // ARM reads a text that begins with a bracket as an expression, but for two.
        // (https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions#escape-characters) Container Apps reads
        // two dollar signs as one, as Kubernetes does.
        static string Read(string text) =>
            (text.StartsWith("[[", StringComparison.Ordinal) ? text[1..] : text).Replace("$$", "$", StringComparison.Ordinal);
    }

    private static bool IsManaged(string name, Workload workload) =>
        AzureCases.TargetOf(name).Concepts[AspireDeploy.Model.Concept.Startup].Judge(new(AzureCases.PlanOf(name), workload))
            is AspireDeploy.Targets.Supported carried
        && carried.Mechanism.EndsWith("run by Azure", StringComparison.Ordinal);

    private static Workload Of(string name, string workload) => AzureCases.PlanOf(name).WorkloadNamed(workload);

    private string Variable(string name, string workload, string variable) =>
        Text(
            templates
                .Container(name, Of(name, workload))
                .GetProperty("env")
                .EnumerateArray()
                .Single(each => Text(each, "name") == variable),
            "value"
        );

    private static decimal Cores(JsonElement container) =>
        decimal.Parse(Text(container, "resources", "cpu").Split('\'')[1], CultureInfo.InvariantCulture);

    private static string Given(JsonElement script, string variable) =>
        Text(
            script
                .GetProperty("properties")
                .GetProperty("environmentVariables")
                .EnumerateArray()
                .Single(each => Text(each, "name") == variable),
            "value"
        );

    private static string Text(JsonElement element, params ReadOnlySpan<string> path) => At(element, path).GetString()!;

    private static int Number(JsonElement element, params ReadOnlySpan<string> path) => At(element, path).GetInt32();

    private static JsonElement At(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            element = element.GetProperty(name);
        return element;
    }
}
