using Aspire.Hosting.Tools;
using AspireDeploy.ToolRestore;

if (args is not [var repository, var stamp])
{
    Console.Error.WriteLine("usage: EmbeddedHost.ToolRestore <directory of package.json> <stamp file to write>");
    return 2;
}

var environment = ToolEnvironment.ForProcess();
var cache = ToolCache.In(environment);
var restored = await new Restorer(environment, cache, repository, Console.Out).RunAsync();
if (restored is not null)
{
    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(stamp))!);
    await File.WriteAllLinesAsync(stamp, restored);
}
return 0;
