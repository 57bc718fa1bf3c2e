using k8s.Models;

namespace AspireDeploy.Tests.Targets.Kubernetes;

public class KubernetesSchemaTests
{
    [Theory]
    [MemberData(nameof(KubernetesCases.All), MemberType = typeof(KubernetesCases))]
    public void Write_ACase_IsWhatTheApiHas(string name)
    {
        var objects = KubernetesCases.ObjectsOf(name);
        var application = objects.Only<V1Namespace>().Metadata.Labels["app.kubernetes.io/part-of"];

        Assert.All(objects.All, each =>
        {
            Assert.True(
                each is V1Namespace || each.Metadata.NamespaceProperty is { Length: > 0 },
                $"{each.Kind} {each.Metadata.Name} has no namespace."
            );
            Assert.Equal(application, each.Metadata.Labels["app.kubernetes.io/part-of"]);
        });
        // Two of a kind and name would be one to the cluster.
        Assert.Equal(objects.All.Count, objects.All.DistinctBy(static each => (each.Kind, each.Metadata.Name)).Count());
    }

    [Theory]
    [MemberData(nameof(KubernetesCases.All), MemberType = typeof(KubernetesCases))]
    public void Write_ACase_IsWhatTheMinorVersionBeforeHasToo(string name) => Assert.Empty(KubernetesVersionBefore.OfCases.Against(name));

    [Fact]
    public void Versions_AreTheTwoNewest() => Assert.Equal((37, 36), (KubernetesObjects.Minor, KubernetesVersionBefore.OfCases.Minor));

    [Theory]
    [InlineData(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\nspec:\n  replica: 3\n",
        "Deployment.spec.replica is nothing that V1DeploymentSpec has"
    )]
    [InlineData(
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: api\nspec:\n  ports:\n    - number: 80\n",
        "Service.spec.ports.0.number is nothing that V1ServicePort has"
    )]
    [InlineData(
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: api\nspec:\n  ports: many\n",
        "Service.spec.ports is no Array<V1ServicePort>"
    )]
    public void Read_WhatTheApiDoesntHave_IsRefused(string yaml, string complaint)
    {
        Assert.ThrowsAny<Exception>(() => KubernetesObjects.Read(yaml));
        Assert.Equal([complaint], KubernetesVersionBefore.AgainstText(yaml));
    }
}
