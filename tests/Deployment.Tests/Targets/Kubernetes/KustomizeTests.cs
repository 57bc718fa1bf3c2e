using k8s.Models;

namespace AspireDeploy.Tests.Targets.Kubernetes;

/// <summary>Describes what <c>kubectl kustomize</c> makes of the published folder, once its secrets are there.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class KustomizeTests : IDisposable
{
    private readonly PublishedCase _case = new();

    [Theory]
    [MemberData(nameof(KubernetesCases.All), MemberType = typeof(KubernetesCases))]
    public async Task Kustomize_ACase_IsTakenWithoutAWord(string name)
    {
        await PublishAsync(name);

        var (objects, said) = await KustomizeAsync();

        Assert.Empty(said);
        Assert.NotEmpty(objects.Pods);
    }

    [Fact]
    public async Task Kustomize_ChangedSecrets_ReplaceTheServicesPodsAndLeaveTheJobsName()
    {
        await PublishAsync("secrets");
        var (before, _) = await KustomizeAsync();

        await File.WriteAllTextAsync(
            Path.Combine(_case.Folder, "secrets/postgres-password"),
            "another",
            TestContext.Current.CancellationToken
        );
        await _case.RunAsync("./secrets.sh");
        var (after, _) = await KustomizeAsync();

        Assert.NotEqual(
            SecretOf(before.Get<V1Deployment>("postgres").Spec.Template),
            SecretOf(after.Get<V1Deployment>("postgres").Spec.Template)
        );
        Assert.Equal("migrator-secrets", SecretOf(before.Only<V1Job>().Spec.Template));
        Assert.Equal(before.Only<V1Job>().Metadata.Name, after.Only<V1Job>().Metadata.Name);
        Assert.Equal("migrator-secrets", SecretOf(after.Only<V1Job>().Spec.Template));
        Assert.Equal("another", System.Text.Encoding.UTF8.GetString(after.Get<V1Secret>("migrator-secrets").Data["PASSWORD"]));
    }

    [Fact]
    public async Task Kustomize_AChosenHost_StandsInEveryIngressAndInWhatRefersToIt()
    {
        await PublishAsync("https");
        await File.WriteAllTextAsync(
            Path.Combine(_case.Folder, "settings.env"),
            "PUBLIC_HOST=shop.example.org\n",
            TestContext.Current.CancellationToken
        );

        var (objects, _) = await KustomizeAsync();

        Assert.All(objects.All.OfType<V1Ingress>(), static ingress =>
        {
            Assert.Equal("shop.example.org", Assert.Single(ingress.Spec.Rules).Host);
            Assert.Equal("shop.example.org", Assert.Single(Assert.Single(ingress.Spec.Tls).Hosts));
        });
        var settings = objects.Only<V1ConfigMap>();
        Assert.Equal("shop.example.org", settings.Data["PUBLIC_HOST"]);
        Assert.Contains(Assert.Single(objects.Get<V1Deployment>("api").Spec.Template.Spec.Containers).Env, variable =>
            variable.ValueFrom?.ConfigMapKeyRef.Name == settings.Metadata.Name
        );
    }

    [Fact]
    public async Task Kustomize_ANastyPassword_StandsAsItIsInASettingAndEncodedInAUri()
    {
        const string Password = "-n it's \"a\" $HOME $(id) `id` %41 \\n @:/?#[]&=+; é";
        await PublishAsync("secrets");
        await File.WriteAllTextAsync(
            Path.Combine(_case.Folder, "secrets/postgres-password"),
            Password,
            TestContext.Current.CancellationToken
        );
        await _case.RunAsync("./secrets.sh");

        var (objects, _) = await KustomizeAsync();
        var secret = objects
            .All.OfType<V1Secret>()
            .Single(static each => each.Metadata.Name.StartsWith("api-secrets", StringComparison.Ordinal))
            .Data;

        Assert.Equal(
            $"Host=postgres;Port=5432;Password={Password};Database=catalog",
            System.Text.Encoding.UTF8.GetString(secret["ConnectionStrings__catalog"])
        );
        // It encodes more than it must; what is read of it is the same.
        var uri = System.Text.Encoding.UTF8.GetString(secret["CATALOG_URI"]);
        Assert.Matches(@"\Apostgresql://postgres:(%[0-9a-f]{2})+@postgres:5432/\z", uri);
        Assert.Equal($"postgresql://postgres:{Password}@postgres:5432/", Uri.UnescapeDataString(uri));
    }

    [Fact]
    public async Task Kustomize_NastySettings_AreWhatWasWritten()
    {
        await PublishAsync("nasty");

        var (objects, _) = await KustomizeAsync();

        Assert.Equal("$HOME and ${HOME} it's \"that\" \\n", objects.Only<V1ConfigMap>().Data["DOLLAR"]);
        Assert.Equal("  a  b ", objects.Only<V1ConfigMap>().Data["SPACES"]);
    }

    [Fact]
    public async Task Secrets_AreFilesForTheirOwnerAlone()
    {
        await PublishAsync("secrets");

        Assert.All(Directory.GetFiles(Path.Combine(_case.Folder, "secrets"), "*", SearchOption.AllDirectories), static file =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file))
        );
    }

    [Fact]
    public async Task Secrets_AreNoneOfARepository()
    {
        await PublishAsync("secrets");
        await _case.RunAsync("git init --quiet . && git add --all");

        var (_, tracked, _) = await _case.TryAsync("git ls-files");

        Assert.Contains("secrets.sh", tracked.Split('\n'));
        Assert.DoesNotContain(tracked.Split('\n'), static path => path.StartsWith("secrets/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deploy_WithoutAContext_SaysSoAndChangesNothing()
    {
        await PublishAsync("secrets");

        var (code, _, said) = await _case.TryAsync("./deploy.sh", ("KUBECONFIG", Path.Combine(_case.Folder, "none")));

        Assert.Equal(1, code);
        Assert.Equal("kubectl has no current context: choose a cluster (kubectl config use-context NAME).", said.Trim());
    }

    [Fact]
    public async Task Deploy_WithoutAnAnswerOfTheCluster_SaysWhich()
    {
        await PublishAsync("secrets");
        var config = Path.Combine(_case.Folder, "config");
        await File.WriteAllTextAsync(
            config,
            "apiVersion: v1\nkind: Config\ncurrent-context: gone\nclusters: [{name: gone, cluster: {server: "
                + "\"http://127.0.0.1:1\"}}]\ncontexts: [{name: gone, context: {cluster: gone, user: nobody}}]\nusers: [{name: "
                + "nobody, user: {}}]\n",
            TestContext.Current.CancellationToken
        );

        var (code, _, said) = await _case.TryAsync("./deploy.sh", ("KUBECONFIG", config));

        Assert.Equal((1, "The cluster of the context gone doesn't answer: kubectl version says why."), (code, said.Trim()));
    }

    [Fact]
    public async Task Deploy_WithoutKubectl_SaysHowToGetIt()
    {
        await PublishAsync("secrets");
        await _case.RunAsync("mkdir tools && ln -s $(command -v date) $(command -v dirname) tools/");

        var (code, _, said) = await _case.TryAsync("./deploy.sh", ("PATH", Path.Combine(_case.Folder, "tools")));

        Assert.Equal((1, "There is no kubectl: install it (https://kubernetes.io/docs/tasks/tools/)."), (code, said.Trim()));
    }

    public void Dispose() => _case.Dispose();

    private static string SecretOf(V1PodTemplateSpec template) =>
        Assert.Single(template.Spec.Volumes, static volume => volume.Secret is not null).Secret.SecretName;

    private Task PublishAsync(string name) => _case.PublishAsync(name);

    private async Task<(KubernetesObjects Objects, string Output)> KustomizeAsync()
    {
        var (code, output, said) = await _case.TryAsync("kubectl kustomize .");
        Assert.True(code == 0, said);
        return (KubernetesObjects.OfText(output), said);
    }
}
