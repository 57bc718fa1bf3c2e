namespace AspireDeploy.Bench.Api;

/// <summary>Several readings of one thing.</summary>
internal sealed class Readings
{
    private readonly List<double> _values = [];

    public double Least => _values.Min();

    public double Most => _values.Max();

    public double Median
    {
        get
        {
            var sorted = _values.Order().ToList();
            return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
        }
    }

    public void Add(double value) => _values.Add(value);
}
