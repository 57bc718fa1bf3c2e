using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ContainerResourceBuilderExtensions
{
    /// <summary>Sets the image.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The container.</param>
    /// <param name="image">The image: <c>[HOST[:PORT]/]NAME[:TAG][@sha256:DIGEST]</c>.</param>
    /// <param name="tag">The tag, if it isn't in the image; <c>latest</c> if it is nowhere.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The image is malformed.</exception>
    /// <exception cref="InvalidOperationException">There is a tag as well as one, or a digest, in the image.</exception>
    public static IResourceBuilder<T> WithImage<T>(this IResourceBuilder<T> builder, string image, string? tag = null) where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var reference = ImageReference.Parse(image);
        if (tag is not null && (reference.Tag ?? reference.Sha256) is { } other)
        {
            throw new InvalidOperationException($"Image '{image}' of '{builder.Resource.Name}' says '{other}' already, so it can't have the tag '{tag}' as well.");
        }

        if (!builder.Resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var annotation))
        {
            annotation = new() { Image = reference.Image };
            builder.WithAnnotation(annotation);
        }

        annotation.Image = reference.Image;
        if (reference.Sha256 is { } digest)
        {
            annotation.SHA256 = digest;
        }
        else
        {
            annotation.Tag = reference.Tag ?? tag ?? "latest";
        }

        return builder;
    }

    /// <summary>Sets the image's tag.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The container.</param>
    /// <param name="tag">The tag.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithImageTag<T>(this IResourceBuilder<T> builder, string tag) where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(tag);
        return builder.ChangeImage(image => image.Tag = tag);
    }

    /// <summary>Sets the image's registry.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The container.</param>
    /// <param name="registry">The registry; the engine's default if null.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithImageRegistry<T>(this IResourceBuilder<T> builder, string? registry) where T : ContainerResource =>
        builder.ChangeImage(image => image.Registry = registry);

    /// <summary>Sets the image's digest.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The container.</param>
    /// <param name="sha256">The digest, in hexadecimal.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithImageSHA256<T>(this IResourceBuilder<T> builder, string sha256) where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(sha256);
        return builder.ChangeImage(image => image.SHA256 = sha256);
    }

    /// <summary>Says when the image is pulled.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The container.</param>
    /// <param name="pullPolicy">When.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithImagePullPolicy<T>(this IResourceBuilder<T> builder, ImagePullPolicy pullPolicy) where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ContainerImagePullPolicyAnnotation { ImagePullPolicy = pullPolicy }, ResourceAnnotationMutationBehavior.Replace);
    }

    private static IResourceBuilder<T> ChangeImage<T>(this IResourceBuilder<T> builder, Action<ContainerImageAnnotation> change) where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        change(builder.Resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var image)
            ? image
            : throw new InvalidOperationException($"'{builder.Resource.Name}' has no image yet: call WithImage first."));
        return builder;
    }
}
