using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Scaffolding;
using Microsoft.Extensions.DependencyInjection;
using Npgsql.EntityFrameworkCore.PostgreSQL.Design.Internal;

namespace AspireDeploy.Data.Tests;

public sealed partial class CatalogModelTests
{
    [Fact]
    public void Model_ComparedToTheMigrations_NeedsNoNewOne()
    {
        using var context = Context();

        Assert.False(context.Database.HasPendingModelChanges(), "Add one: dotnet ef migrations add NAME -p Data -s Data -o Migrations");
    }

    [Fact]
    public void CompiledModel_WrittenAgain_IsTheSame()
    {
        var fresh = Directory.CreateTempSubdirectory("compiled-");
        try
        {
            using var context = Context();
            Scaffolder(context)
                .ScaffoldModel(
                    context.GetService<IDesignTimeModel>().Model,
                    fresh.FullName,
                    new CompiledModelCodeGenerationOptions
                    {
                        ContextType = typeof(CatalogContext),
                        ModelNamespace = "AspireDeploy.Data.Compiled",
                        Language = "C#",
                        UseNullableReferenceTypes = false,
                    }
                );

            var (expected, actual) = (Files(fresh.FullName), Files(Compiled()));
            Assert.Equal(expected.Keys, actual.Keys);
            Assert.All(expected, file => Assert.Equal(file.Value, actual[file.Key]));
        }
        finally
        {
            fresh.Delete(recursive: true);
        }
    }

    // Each writing gives the model a new number.
    private static SortedDictionary<string, string> Files(string directory) =>
        new(
            Directory
                .GetFiles(directory)
                .ToDictionary(
                    file => Path.GetFileName(file),
                    file => ModelNumber().Replace(File.ReadAllText(file).ReplaceLineEndings().Trim(), "number")
                )
        );

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex ModelNumber();

    private static CatalogContext Context() => new(new DbContextOptionsBuilder<CatalogContext>().UseNpgsql().Options);

#pragma warning disable EF1001 // There is no other way to the provider's part of the design.
    private static ICompiledModelScaffolder Scaffolder(CatalogContext context)
    {
        var services = new ServiceCollection().AddEntityFrameworkDesignTimeServices();
        new NpgsqlDesignTimeServices().ConfigureDesignTimeServices(services);
        return services.AddDbContextDesignTimeServices(context).BuildServiceProvider().GetRequiredService<ICompiledModelScaffolder>();
    }
#pragma warning restore EF1001

    private static string Compiled([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "Data", "Compiled");
}
