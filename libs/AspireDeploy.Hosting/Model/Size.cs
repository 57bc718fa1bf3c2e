using System.Globalization;

namespace AspireDeploy.Model;

/// <summary>
/// An amount of memory or storage, in bytes, read and printed as people write it: <c>256Mi</c>, <c>0.5Gi</c>, <c>512MB</c>.
/// <c>Ki</c>, <c>Mi</c>, <c>Gi</c>, <c>Ti</c> (with or without a final <c>B</c>) are powers of 1024; <c>kB</c>, <c>MB</c>, <c>GB</c>,
/// <c>TB</c> powers of 1000; a number alone, or with <c>B</c>, is bytes. A lone <c>M</c> or <c>G</c> is refused: Kubernetes reads it as
/// 1000, Docker as 1024.
/// </summary>
/// <param name="Bytes">The amount in bytes, not negative.</param>
internal readonly record struct Size(long Bytes) : IComparable<Size>
{
    private static readonly (string Unit, long Factor)[] Units =
    [
        ("TiB", 1L << 40),
        ("GiB", 1L << 30),
        ("MiB", 1L << 20),
        ("KiB", 1L << 10),
        ("Ti", 1L << 40),
        ("Gi", 1L << 30),
        ("Mi", 1L << 20),
        ("Ki", 1L << 10),
        ("TB", 1_000_000_000_000),
        ("GB", 1_000_000_000),
        ("MB", 1_000_000),
        ("kB", 1_000),
        ("B", 1),
    ];

    /// <summary>Gets the amount in units of 1024² bytes, rounded up.</summary>
    public long MebibytesRoundedUp => (Bytes + (1L << 20) - 1) >> 20;

    /// <summary><paramref name="count"/> × 1024² bytes.</summary>
    public static Size Mebibytes(long count) => new(count << 20);

    /// <summary><paramref name="count"/> × 1024³ bytes.</summary>
    public static Size Gibibytes(long count) => new(count << 30);

    /// <summary>Reads a size.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> isn't a size; the message says why and what one looks like.</exception>
    public static Size Parse(string text) => TryParse(text, out var size, out var reason) ? size : throw new FormatException(reason);

    /// <summary>Reads a size, or says in <paramref name="reason"/> why the text isn't one.</summary>
    public static bool TryParse(string? text, out Size size, out string reason)
    {
        size = default;
        reason = "";
        var given = (text ?? "").Trim();
        var (number, factor) = Split(given);
        if (
            decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && amount <= long.MaxValue / factor
            && amount * factor == decimal.Truncate(amount * factor)
        )
        {
            size = new((long)(amount * factor));
            return true;
        }
        reason =
            given.Length > 1
            && given[^1] is 'k' or 'K' or 'M' or 'm' or 'G' or 'g'
            && decimal.TryParse(given[..^1], CultureInfo.InvariantCulture, out _)
                ? $"\"{text}\" could mean powers of 1000 or of 1024; write {given.ToUpperInvariant()}B or {given.ToUpperInvariant()}i"
                : $"\"{text}\" is not a size; write 256Mi, 0.5Gi or 512MB";
        return false;
    }

    private static (string Number, long Factor) Split(string given)
    {
        foreach (var (unit, factor) in Units)
        {
            if (given.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
                return (given[..^unit.Length].TrimEnd(), factor);
        }
        return (given, 1);
    }

    /// <inheritdoc />
    public int CompareTo(Size other) => Bytes.CompareTo(other.Bytes);

    /// <summary>Returns the largest power-of-1024 unit that holds the amount as a whole number: <c>512Mi</c>; bytes if none does.</summary>
    public override string ToString()
    {
        if (Bytes > 0)
        {
            foreach (var (unit, factor) in Units.AsSpan(4, 4))
            {
                if (Bytes % factor == 0)
                    return string.Create(CultureInfo.InvariantCulture, $"{Bytes / factor}{unit}");
            }
        }
        return Bytes.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Returns whether <paramref name="left"/> is less.</summary>
    public static bool operator <(Size left, Size right) => left.Bytes < right.Bytes;

    /// <summary>Returns whether <paramref name="left"/> is more.</summary>
    public static bool operator >(Size left, Size right) => left.Bytes > right.Bytes;

    /// <summary>Returns whether <paramref name="left"/> is at most <paramref name="right"/>.</summary>
    public static bool operator <=(Size left, Size right) => left.Bytes <= right.Bytes;

    /// <summary>Returns whether <paramref name="left"/> is at least <paramref name="right"/>.</summary>
    public static bool operator >=(Size left, Size right) => left.Bytes >= right.Bytes;
}
