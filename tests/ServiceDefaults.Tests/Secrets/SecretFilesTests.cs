using AspireDeploy.ServiceDefaults.Secrets;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.ServiceDefaults.Tests.Secrets;

public sealed class SecretFilesTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("secrets-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void SecretFiles_FileNamedAfterAKey_IsTheSetting()
    {
        Write("ConnectionStrings__catalog", "Host=db;Password=p=;w\n");

        Assert.Equal("Host=db;Password=p=;w", Read().GetConnectionString("catalog"));
    }

    [Fact]
    public void SecretFiles_SettingsFileHasTheKey_TheSecretWins()
    {
        Write("Some__Key", "secret");

        Assert.Equal("secret", Read(before: new() { ["Some:Key"] = "file" })["Some:Key"]);
    }

    [Fact]
    public void SecretFiles_EnvironmentHasTheKey_TheEnvironmentWins()
    {
        var key = $"Key{Guid.NewGuid():N}";
        Write(key, "secret");
        Environment.SetEnvironmentVariable(key, "environment");
        try
        {
            Assert.Equal("environment", Read()[key]);
        }
        finally
        {
            Environment.SetEnvironmentVariable(key, null);
        }
    }

    [Fact]
    public void SecretFiles_KubernetesLinks_AreFollowedAndItsOwnDirectorySkipped()
    {
        // As a Secret's volume looks: ..data is a link to a dated directory, and each key a link into ..data.
        var dated = _directory.CreateSubdirectory("..2026_01_01");
        File.WriteAllText(Path.Combine(dated.FullName, "Api__Key"), "value");
        Directory.CreateSymbolicLink(Path.Combine(_directory.FullName, "..data"), "..2026_01_01");
        File.CreateSymbolicLink(Path.Combine(_directory.FullName, "Api__Key"), Path.Combine("..data", "Api__Key"));

        Assert.Equal("value", Read()["Api:Key"]);
    }

    [Fact]
    public void SecretFiles_NoDirectory_IsNoError()
    {
        using var configuration = new ConfigurationManager();
        configuration[SecretFiles.DirectorySetting] = Path.Combine(_directory.FullName, "absent");

        SecretFiles.Add(configuration);

        Assert.Null(configuration["Any"]);
    }

    [Fact]
    public void SecretFiles_FileCantBeRead_SaysWhichAndWhatToDo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "The superuser can read every file.");
        Write("Key", "secret");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(_directory.FullName, "Key"), UnixFileMode.None);

        var wrong = Assert.Throws<SettingException>(() => Read());

        Assert.Contains(_directory.FullName, wrong.Message, StringComparison.Ordinal);
    }

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_directory.FullName, name), content);

    private ConfigurationManager Read(Dictionary<string, string?>? before = null)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(before ?? []);
        configuration.AddInMemoryCollection([new(SecretFiles.DirectorySetting, _directory.FullName)]);
        configuration.AddEnvironmentVariables();
        SecretFiles.Add(configuration);
        return configuration;
    }
}
