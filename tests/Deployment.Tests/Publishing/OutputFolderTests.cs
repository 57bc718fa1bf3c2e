using System.Runtime.Versioning;
using AspireDeploy.Publishing;
using AspireDeploy.Targets;

namespace AspireDeploy.Tests.Publishing;

public sealed class OutputFolderTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("aspiredeploy-output-");

    private string Folder => Path.Combine(_parent.FullName, "out", "compose");

    public void Dispose() => _parent.Delete(recursive: true);

    private void Write(params PublishedFile[] files) => OutputFolder.Write(Folder, files);

    private string Refusal(params PublishedFile[] files) => Assert.Throws<DistributedApplicationException>(() => Write(files)).Message;

    private string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    [Fact]
    public void Write_AFolderThatIsNotThere_MakesIt()
    {
        Write(new("compose.yaml", "a\n"), new("gateway/Caddyfile", "b\n"));

        Assert.Equal(("a\n", "b\n"), (Read("compose.yaml"), Read("gateway/Caddyfile")));
    }

    [Fact]
    public void Write_OverAFileThatNobodyPublished_IsRefused_AndLeavesIt()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "compose.yaml"), "mine\n");

        Assert.Equal(
            $"Can't write to {Folder}: compose.yaml is there, and publishing hasn't written it. Take it away, or choose another "
                + "folder with --output-path.",
            Refusal(new("api.yaml", "a\n"), new("compose.yaml", "b\n"))
        );
        Assert.Equal("mine\n", Assert.Single(Directory.EnumerateFiles(Folder).Select(File.ReadAllText)));
    }

    [Fact]
    public void Write_Again_TakesAwayWhatIsNoLongerPublished_AndNothingElse()
    {
        Write(new("compose.yaml", "a\n"), new("gateway/Caddyfile", "b\n"));
        File.WriteAllText(Path.Combine(Folder, "mine.txt"), "mine");

        Write(new PublishedFile("compose.yaml", "c\n"));

        Assert.Equal(
            [".published", "compose.yaml", "mine.txt"],
            Directory.EnumerateFileSystemEntries(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.Equal("c\n", Read("compose.yaml"));
    }

    [Fact]
    public void Write_AFolderThatAContainerMayHaveMounted_StaysTheSameFolder()
    {
        Write(new PublishedFile("gateway/Caddyfile", "a\n"));
        var made = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        var own = Path.Combine(Folder, "gateway", "kept");
        File.WriteAllText(own, "");
        File.SetLastWriteTimeUtc(own, made);

        Write(new PublishedFile("gateway/Caddyfile", "b\n"));

        Assert.Equal(made, File.GetLastWriteTimeUtc(own));
    }

    [Fact]
    public void Write_WhatIsTheSame_IsNotTouched()
    {
        Write(new PublishedFile("compose.yaml", "a\n"));
        var made = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Path.Combine(Folder, "compose.yaml"), made);

        Write(new PublishedFile("compose.yaml", "a\n"));

        Assert.Equal(made, File.GetLastWriteTimeUtc(Path.Combine(Folder, "compose.yaml")));
    }

    [Fact]
    public void Write_Modes_AreAsPublished()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }
        Write(new("a", ""), new("b", "") { Mode = PublishedFileMode.Executable }, new("c", "") { Mode = PublishedFileMode.Private });

        Assert.Equal(("644", "755", "600"), (ModeOf("a"), ModeOf("b"), ModeOf("c")));
    }

    [UnsupportedOSPlatform("windows")]
    private string ModeOf(string file) => Convert.ToString((int)File.GetUnixFileMode(Path.Combine(Folder, file)), 8);

    [Fact]
    public void Write_AFileWhereTheFolderShouldBe_NamesItAndIsRefused()
    {
        var file = Path.Combine(_parent.FullName, "out");
        File.WriteAllText(file, "");

        Assert.Equal(
            $"Can't write to {Folder}: {file} is a file. Take it away, or choose another folder with --output-path.",
            Refusal(new PublishedFile("compose.yaml", "a\n"))
        );
    }

    [Fact]
    public void Write_AFolderWhereAFileShouldBe_IsRefused_AndEverythingIsAsItWas()
    {
        Write(new PublishedFile("a", "1\n"));
        Directory.CreateDirectory(Path.Combine(Folder, "b"));

        Assert.StartsWith(
            $"Can't write {Path.Combine(Folder, "b")}: a folder of that name is in the way.",
            Refusal(new("a", "2\n"), new("b", "2\n")),
            StringComparison.Ordinal
        );
        Assert.Equal("1\n", Read("a"));
    }

    [Fact]
    public void Write_AFolderThatCanNotBeMade_SaysWhatToDo()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Nobody, root included, may write there.");

        var refused = Assert.Throws<DistributedApplicationException>(static () =>
            OutputFolder.Write("/proc/out", [new("compose.yaml", "")])
        );

        Assert.StartsWith("Can't write to /proc/out: ", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("choose another folder with --output-path.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ThatFailsHalfWay_LeavesEverythingAsItWas()
    {
        Write(new PublishedFile("a", "1\n"));

        // A file that is also a folder of another can't be written: the second fails once the first is.
        Assert.StartsWith(
            $"Can't write to {Folder}: ",
            Refusal(new("a", "2\n"), new("x", "2\n"), new("x/y", "2\n")),
            StringComparison.Ordinal
        );
        Assert.Equal("1\n", Read("a"));
        Assert.Equal(
            [".published", "a"],
            Directory.EnumerateFileSystemEntries(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Write_Settings_KeepsWhatAPersonHasSet()
    {
        Write(new PublishedFile(".env", "# Host\n#HOST=localhost\n") { OnRepublish = OnRepublish.KeepSettings });
        File.WriteAllText(Path.Combine(Folder, ".env"), "# Host\nHOST=shop.example.com\n");

        Write(new PublishedFile(".env", "# The host\n#HOST=localhost\n") { OnRepublish = OnRepublish.KeepSettings });

        Assert.Equal("# The host\nHOST=shop.example.com\n", Read(".env"));
    }
}
