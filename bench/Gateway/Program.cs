using System.Globalization;
using AspireDeploy.Bench.Gateway;

if (args is ["replica", var port])
{
    await Replica.RunAsync(int.Parse(port, CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["yarp", var url, var certificate, .. var replicas])
{
    await StockYarp.RunAsync(url, certificate, replicas);
    return 0;
}

if (Settings.Parse(args) is not { } settings)
{
    Console.Error.WriteLine(Settings.Usage);
    return 2;
}

if (Programs.Find("wrk") is not { } wrk)
{
    Console.Error.WriteLine("wrk makes the load, and it isn't installed: apt install wrk.");
    return 1;
}

using var place = new Place();
await using var run = new Run(place, settings, new Wrk(wrk, settings));
try
{
    await run.StartAsync();
    Console.WriteLine(
        $"{Environment.ProcessorCount} cores, {settings.Connections} connections, {settings.Rounds} rounds of {settings.Seconds} s "
            + "each, 3 replicas, wrk"
    );
    foreach (var row in Table.Of("http", await run.MeasureAsync("http")))
        Console.WriteLine(row);
    var secure = await run.MeasureAsync("https");
    foreach (var row in (string[])[.. Table.Of("https", secure), .. Table.Goals(secure)])
        Console.WriteLine(row);
    foreach (var missing in run.Missing)
        Console.WriteLine($"{missing} isn't installed, and is left out: apt install {missing}.");
    return 0;
}
catch (InvalidOperationException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
