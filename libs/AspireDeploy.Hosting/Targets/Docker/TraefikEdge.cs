namespace AspireDeploy.Targets.Docker;

/// <summary>A Traefik that runs already and reads Docker's labels. (https://doc.traefik.io/traefik/providers/docker/)</summary>
/// <param name="Network">The Docker network it reaches containers by; it exists before the deployment.</param>
/// <param name="CertificateResolver">The name of its resolver for certificates, for <see cref="Model.CertificateMode.Automatic"/>.</param>
/// <param name="HttpsEntryPoint">Its entry point for HTTPS.</param>
/// <param name="HttpEntryPoint">Its entry point for HTTP.</param>
internal sealed record TraefikEdge(string Network, string CertificateResolver = "letsencrypt", string HttpsEntryPoint = "websecure", string HttpEntryPoint = "web");
