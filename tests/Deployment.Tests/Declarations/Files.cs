using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Tests.Reading;

namespace AspireDeploy.Tests.Declarations;

/// <summary>Volumes, mounts and files.</summary>
internal static class Files
{
    internal static IReadOnlyList<Declaration> All { get; } =
    [
        new("volume", static builder => builder.AddContainer("web", "example/web", "1").WithVolume("pages", "/data")),
        new("volume-names-that-are-none", static builder =>
            builder
                .AddContainer("web", "example/web", "1")
                .WithVolume("a b", "/a")
                .WithVolume("a/b", "/b")
                .WithVolume("../conf", "/c")
                .WithVolume("/abs", "/d")
                .WithVolume("a:b", "/e")
                .WithVolume("ü", "/f")
                .WithVolume("_a", "/g")
        ),
        new("volume-read-only", static builder =>
            builder.AddContainer("web", "example/web", "1").WithVolume("pages", "/data", isReadOnly: true)
        ),
        new("volume-without-a-name", static builder => builder.AddContainer("web", "example/web", "1").WithVolume("/data")),
        new("volume-size", static builder =>
            builder.AddContainer("web", "example/web", "1").WithVolume("pages", "/data").WithVolumeSize("20Gi")
        ),
        new("bind-mount-of-a-file", static builder =>
            builder.AddContainer("web", "example/web", "1").WithBindMount("/shop/web.conf", "/etc/web.conf", isReadOnly: true)
        )
        {
            Solution = Conf(),
        },
        new("bind-mount-of-a-folder", static builder =>
            builder.AddContainer("web", "example/web", "1").WithBindMount("/shop/pages", "/srv", isReadOnly: true)
        )
        {
            Solution = Conf(),
        },
        new("bind-mount-of-odd-names", static builder =>
            builder.AddContainer("web", "example/web", "1").WithBindMount("/shop/pages", "/srv", isReadOnly: true)
        )
        {
            Solution = new Planned()
                .File("/shop/pages/my page.html", "a\n")
                .File("/shop/pages/my-page.html", "b\n")
                .File("/shop/pages/it's.html", "c\n")
                .File("/shop/pages/übersicht.html", "d\n")
                .File("/shop/pages/a \"$b\".html", "e\n")
                .File("/shop/pages/en/index.html", "f\n")
                .File("/shop/pages/en.index.html", "g\n"),
        },
        new("bind-mount-to-write", static builder => builder.AddContainer("web", "example/web", "1").WithBindMount("/shop/pages", "/srv"))
        {
            Solution = Conf(),
        },
        new("bind-mount-of-the-machine", static builder =>
            builder.AddContainer("web", "example/web", "1").WithBindMount("/var/run/docker.sock", "/var/run/docker.sock")
        ),
        new("container-files", static builder => builder
                .AddContainer("web", "example/web", "1")
                .WithContainerFiles(
                    "/etc/web",
                    [
                        new ContainerFile { Name = "web.conf", Contents = "a: $b\n" },
                        new ContainerFile
                        {
                            Name = "start.sh",
                            Contents = "#!/bin/sh\n",
                            Mode = (UnixFileMode)0b111_101_101,
                        },
                    ]
                )),
        new("container-files-of-a-callback", static builder =>
            builder
                .AddContainer("web", "example/web", "1")
                .WithContainerFiles("/etc/web", static (_, _) =>
                    Task.FromResult<IEnumerable<ContainerFileSystemItem>>([new ContainerFile { Name = "web.conf", Contents = "made\n" }])
                )
        ),
    ];

    private static Planned Conf() =>
        new Planned()
            .File("/shop/web.conf", "listen 80;\n")
            .File("/shop/pages/index.html", "<h1>Shop</h1>\n")
            .File("/shop/pages/start.sh", "#!/bin/sh\n");
}
