using System.ComponentModel;
using System.Diagnostics;
using AspireDeploy.Engines;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Values;

/// <summary>ShellCheck finds nothing in the scripts that are published, nor in the repository's own. (https://www.shellcheck.net)</summary>
public sealed class ShellCheckTests
{
    [Fact]
    public async Task PublishedScripts_OfEveryCase_AreClean()
    {
        string[] places = ["AppHost", "Targets"];
        var scripts = places
            .SelectMany(static place =>
                Directory.EnumerateFiles(Path.Combine(TargetCase.Project, place), "*.txt", SearchOption.AllDirectories)
            )
            .SelectMany(static path => TargetCase.Split(File.ReadAllText(path)).Select(file => (Case: path, File: file)))
            .Where(static each => each.File.Path.EndsWith(".sh", StringComparison.Ordinal))
            .DistinctBy(static each => each.File.Content)
            .ToList();
        var folder = Directory.CreateTempSubdirectory("aspiredeploy-shellcheck-");
        try
        {
            foreach (var (index, (path, file)) in scripts.Index())
            {
                var copy = folder.CreateSubdirectory($"{index}").CreateSubdirectory(Path.GetFileNameWithoutExtension(path)).FullName;
                await File.WriteAllTextAsync(
                    Path.Combine(copy, Path.GetFileName(file.Path)),
                    file.Content,
                    TestContext.Current.CancellationToken
                );
            }

            Assert.True(scripts.Count >= 25);
            Assert.Equal(
                "",
                await FindingsAsync(folder.FullName, Directory.EnumerateFiles(folder.FullName, "*.sh", SearchOption.AllDirectories))
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task TheRepositorysOwnScripts_AreClean() =>
        Assert.Equal(
            "",
            await FindingsAsync(
                TargetCase.Repository,
                [
                    Path.Combine(TargetCase.Repository, ".ci", "install"),
                    Path.Combine(TargetCase.Repository, ".ci", "run"),
                    .. Directory
                        .EnumerateFiles(Path.Combine(TargetCase.Repository, "tests", "Engines"), "*", SearchOption.AllDirectories)
                        .Where(static path => !path.Replace('\\', '/').Contains("/bin/") && !path.Replace('\\', '/').Contains("/obj/"))
                        .Where(static path => File.ReadLines(path).FirstOrDefault() is "#!/bin/sh" or "#!/usr/bin/env bash"),
                ]
            )
        );

    private static async Task<string> FindingsAsync(string folder, IEnumerable<string> scripts)
    {
        var start = new ProcessStartInfo("shellcheck", ["--format=gcc", .. scripts])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var findings = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            return findings + await errors;
        }
        catch (Win32Exception)
        {
            Engine.Missing("ShellCheck is missing: apt-get install shellcheck.");
            throw;
        }
    }
}
