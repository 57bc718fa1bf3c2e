namespace AspireDeploy;

/// <summary>
/// Describes what a namespace admits, by the Pod Security Standards. (https://kubernetes.io/docs/concepts/security/pod-security-standards/)
/// </summary>
public enum PodSecurity
{
    /// <summary>No root, no capability but to bind low ports, no way to gain privileges.</summary>
    Restricted,

    /// <summary>Root inside a container and the capabilities that images prepare their files with; nothing that reaches the node.</summary>
    Baseline,
}
