using System.Globalization;

namespace AspireDeploy.Bench.Recovery;

/// <summary>Prints what was found, beside what is wanted.</summary>
internal static class Table
{
    internal static void Write(CrashLoop loop, IReadOnlyList<ReplicaKill> replicas, IReadOnlyList<KillCadence> cadences, IReadOnlyList<DatabaseKill> databases, TextWriter output)
    {
        output.WriteLine($"{"",-58}{"min",8}{"median",8}{"max",8}{"goal",8}");
        IReadOnlyList<EndTold> told = [.. replicas.Select(kill => kill.Told), .. databases.Select(kill => kill.Told)];
        Line("replica or PostgreSQL killed: until notified, s", told.Select(end => end.Notified.TotalSeconds), "1");
        Line("replica or PostgreSQL killed: until the dashboard knows, s", told.Select(end => end.Shown.TotalSeconds), "1");
        Line("replica killed: until it serves again, s", replicas.Select(kill => kill.Whole.TotalSeconds), "");
        Line("replica killed: its own start, s", replicas.Select(kill => kill.Start.TotalSeconds), "");
        Line("replica killed: beyond its own start, s", replicas.Select(kill => (kill.Whole - kill.Start).TotalSeconds), "1.5");
        Line("a replica killed every 3 s: requests", cadences.Select(cadence => (double)cadence.Sent), "");
        Line("a replica killed every 3 s: requests lost", cadences.Select(cadence => (double)cadence.Failures.Count), "0");
        Line("PostgreSQL killed: slowest answer, s", databases.Select(kill => kill.Slowest.TotalSeconds), "");
        Line("PostgreSQL killed: answers of 503 with Retry-After", databases.Select(kill => (double)kill.Refused), "");
        Line("PostgreSQL killed: any other failure", databases.Select(kill => (double)kill.Wrong), "0");
        Line("PostgreSQL back: until all is answered again, s", databases.Select(kill => kill.Recovery.TotalSeconds), "3");
        Line("crash loop: % of a core, at first", [loop.Begins * 100], "2");
        Line("crash loop: % of a core, as it goes on", [loop.Goes * 100], "2");

        void Line(string name, IEnumerable<double> figures, string goal)
        {
            var sorted = figures.Order().ToList();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-58}{sorted[0],8:0.00}{sorted[sorted.Count / 2],8:0.00}{sorted[^1],8:0.00}{goal,8}"));
        }
    }
}
