using System.Reflection.PortableExecutable;

namespace AppHost.Process.Tests;

/// <summary>Describes what lies beside a built program: docs/decisions/ready-to-run.md.</summary>
public class ReadyToRunTests
{
    [Theory]
    [InlineData("Api", "Npgsql")]
    [InlineData("Api", "StackExchange.Redis")]
    [InlineData("Migrator", "Microsoft.EntityFrameworkCore")]
    [InlineData("libs/AspireDeploy.Gateway", "Yarp.ReverseProxy")]
    [InlineData("AppHost", "Aspire.Hosting")]
    [InlineData("AppHost", "AspireDeploy.Hosting")]
    public void Build_WhereTheCompilerIsToBeHad_BringsMachineCode(string program, string assembly)
    {
        Assert.SkipUnless(
            HasCompiler,
            "The compiler (the package Microsoft.NETCore.App.Crossgen2 of this platform) could not be restored."
        );

        Assert.True(HasMachineCode(program, assembly));
    }

    [Theory]
    [InlineData("Api")]
    [InlineData("libs/AspireDeploy.Gateway")]
    public void Build_OfAService_LeavesItsOwnCodeToTheDebugger(string program) =>
        Assert.False(HasMachineCode(program, Path.GetFileName(program)));

    private static bool HasCompiler
    {
        get
        {
            var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
            return Directory.Exists(packages) && Directory.EnumerateDirectories(packages, "microsoft.netcore.app.crossgen2.*").Any();
        }
    }

    private static bool HasMachineCode(string program, string assembly)
    {
        // tests/AppHost.Process.Tests/bin/Debug/net10.0 → Api/bin/Debug/net10.0
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var root = framework.Parent!.Parent!.Parent!.Parent!.Parent!;
        using var file = new PEReader(
            File.OpenRead(Path.Combine(root.FullName, program, "bin", framework.Parent.Name, framework.Name, $"{assembly}.dll"))
        );
        return file.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }
}
