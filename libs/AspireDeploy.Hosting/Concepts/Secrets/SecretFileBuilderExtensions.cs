using Aspire.Hosting.ApplicationModel;
using AspireDeploy;

namespace Aspire.Hosting;

/// <summary>Declares how secrets reach a container.</summary>
public static class SecretFileBuilderExtensions
{
    /// <summary>
    /// Has a secret that the declaration puts into an environment variable reach the deployed resource as a file, which nobody sees who may
    /// only ask the engine. Projects read theirs from files anyway (ServiceDefaults), and so does PostgreSQL.
    /// </summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="variable">The variable that the declaration sets: <c>API_KEY</c>.</param>
    /// <param name="fileVariable">The variable by which the image takes the file's path instead: <c>API_KEY_FILE</c>. If null, the program
    /// reads <c>/run/secrets/API_KEY</c> by itself.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">A name is empty, or both are the same.</exception>
    public static IResourceBuilder<T> WithSecretAsFile<T>(this IResourceBuilder<T> builder, string variable, string? fileVariable = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (string.IsNullOrEmpty(variable) || fileVariable is "")
            throw DeclarationMistake.At(
                $"{builder.Resource.Name}.env",
                "names no variable; write WithSecretAsFile(\"API_KEY\", \"API_KEY_FILE\")"
            );
        if (variable == fileVariable)
            throw DeclarationMistake.At(
                $"{builder.Resource.Name}.env.{variable}",
                "can't hold both the secret and its file's path; name the variable that the image takes the path by"
            );
        return builder.HeldLocally().WithAnnotation(new SecretFileAnnotation(variable, fileVariable));
    }
}
