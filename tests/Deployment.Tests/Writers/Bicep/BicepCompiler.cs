using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using AspireDeploy.Engines;

namespace AspireDeploy.Tests.Writers.Bicep;

/// <summary>Microsoft's Bicep compiler, which knows every published resource type with its properties and values, and its linter.</summary>
internal static class BicepCompiler
{
    /// <summary>Compiles files.</summary>
    /// <param name="files">Their text, by path; folders may be in it.</param>
    /// <returns>What the compiler and the linter said, which is nothing if all is well, and each file's ARM template.</returns>
    internal static async Task<(string Messages, IReadOnlyDictionary<string, JsonElement> Templates)> CompileAsync(
        IReadOnlyDictionary<string, string> files
    )
    {
        var folder = Directory.CreateTempSubdirectory("aspiredeploy-bicep-");
        try
        {
            foreach (var (path, text) in files)
            {
                var file = Path.Combine(folder.FullName, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllTextAsync(file, text);
            }
            var said = await RunAsync(folder.FullName);
            var templates = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var path in files.Keys)
            {
                var compiled = new FileInfo(Path.ChangeExtension(Path.Combine(folder.FullName, path), ".json"));
                if (compiled.Exists)
                    templates[path] = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(compiled.FullName));
            }
            return (said.Replace(folder.FullName, "", StringComparison.Ordinal), templates);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> RunAsync(string folder)
    {
        var start = new ProcessStartInfo(Command(), ["build", "--pattern", "**/*.bicep"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var compiler = Process.Start(start)!;
        var (output, errors) = (compiler.StandardOutput.ReadToEndAsync(), compiler.StandardError.ReadToEndAsync());
        await compiler.WaitForExitAsync();
        return (await output + await errors).Trim();
    }

    private static string Command()
    {
        var command = Assembly
            .GetExecutingAssembly()
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(static each => each.Key == "BicepCompiler")
            ?.Value;
        if (command is null || !File.Exists(command))
            Engine.Missing("There is no Bicep compiler for this machine: the tests take Microsoft's for Linux on x64, from NuGet.");
        return command;
    }
}
