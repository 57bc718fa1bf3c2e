using System.Security.Cryptography;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A password made at random by the system's cryptographic generator.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    // Letters that are taken for digits or for each other, and signs that connection strings, shells or URLs give a meaning, are left out.
    private const string LowerCase = "abcdefghjkmnpqrstuvwxyz";
    private const string UpperCase = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private const string Signs = "-_.{}~()*+!";

    /// <summary>How many characters it has at least. The default is 22, which makes 128 bits from all kinds of characters.</summary>
    public int MinLength { get; set; } = 22;

    /// <summary>Whether it may have lower-case letters. The default is true.</summary>
    public bool Lower { get; set; } = true;

    /// <summary>Whether it may have upper-case letters. The default is true.</summary>
    public bool Upper { get; set; } = true;

    /// <summary>Whether it may have digits. The default is true.</summary>
    public bool Numeric { get; set; } = true;

    /// <summary>Whether it may have signs. The default is true.</summary>
    public bool Special { get; set; } = true;

    /// <summary>How many lower-case letters it has at least. The default is 0.</summary>
    public int MinLower { get; set; }

    /// <summary>How many upper-case letters it has at least. The default is 0.</summary>
    public int MinUpper { get; set; }

    /// <summary>How many digits it has at least. The default is 0.</summary>
    public int MinNumeric { get; set; }

    /// <summary>How many signs it has at least. The default is 0.</summary>
    public int MinSpecial { get; set; }

    /// <summary>Makes a password, another one at each call.</summary>
    /// <returns>The password.</returns>
    /// <exception cref="ArgumentException">The settings contradict each other.</exception>
    public override string GetDefaultValue()
    {
        (string Kind, bool Allowed, int Min, string Characters)[] kinds =
        [
            (nameof(Lower), Lower, MinLower, LowerCase),
            (nameof(Upper), Upper, MinUpper, UpperCase),
            (nameof(Numeric), Numeric, MinNumeric, Digits),
            (nameof(Special), Special, MinSpecial, Signs),
        ];
        ArgumentOutOfRangeException.ThrowIfNegative(MinLength);
        foreach (var (kind, allowed, min, _) in kinds)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(min, $"Min{kind}");
            if (!allowed && min > 0)
            {
                throw new ArgumentException($"Min{kind} is {min}, but {kind} is off.");
            }
        }

        var any = string.Concat(kinds.Where(k => k.Allowed).Select(k => k.Characters));
        if (any.Length == 0)
        {
            throw new ArgumentException("A password needs at least one kind of characters.");
        }

        var required = string.Concat(kinds.Select(k => k.Min == 0 ? "" : RandomNumberGenerator.GetString(k.Characters, k.Min)));
        var password = (required + RandomNumberGenerator.GetString(any, Math.Max(0, MinLength - required.Length))).ToCharArray();
        RandomNumberGenerator.Shuffle<char>(password);
        return new(password);
    }

    /// <inheritdoc />
    public override void WriteToManifest(ManifestPublishingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        writer.WriteStartObject("generate");
        writer.WriteNumber("minLength", MinLength);
        foreach (var (name, allowed) in (ReadOnlySpan<(string, bool)>)[("lower", Lower), ("upper", Upper), ("numeric", Numeric), ("special", Special)])
        {
            if (!allowed)
            {
                writer.WriteBoolean(name, false);
            }
        }

        foreach (var (name, min) in (ReadOnlySpan<(string, int)>)[("minLower", MinLower), ("minUpper", MinUpper), ("minNumeric", MinNumeric), ("minSpecial", MinSpecial)])
        {
            if (min != 0)
            {
                writer.WriteNumber(name, min);
            }
        }

        writer.WriteEndObject();
    }
}
