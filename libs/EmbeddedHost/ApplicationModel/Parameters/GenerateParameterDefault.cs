using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Makes up a value at random, from a cryptographic source.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    // Without letters and digits that are easily taken for another.
    private const string LowerCase = "abcdefghjkmnpqrstuvwxyz";
    private const string UpperCase = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private const string Marks = "-_.{}~()*+!";

    /// <summary>The length, unless the minimums add up to more.</summary>
    public int MinLength { get; set; }

    /// <summary>Whether lower case letters may be in it. The default is true.</summary>
    public bool Lower { get; set; } = true;

    /// <summary>Whether upper case letters may be in it. The default is true.</summary>
    public bool Upper { get; set; } = true;

    /// <summary>Whether digits may be in it. The default is true.</summary>
    public bool Numeric { get; set; } = true;

    /// <summary>Whether marks may be in it: <c>-_.{}~()*+!</c>. The default is true.</summary>
    public bool Special { get; set; } = true;

    /// <summary>How many lower case letters are in it at least.</summary>
    public int MinLower { get; set; }

    /// <summary>How many upper case letters are in it at least.</summary>
    public int MinUpper { get; set; }

    /// <summary>How many digits are in it at least.</summary>
    public int MinNumeric { get; set; }

    /// <summary>How many marks are in it at least.</summary>
    public int MinSpecial { get; set; }

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">No character may be in it.</exception>
    public override string GetDefaultValue()
    {
        var allowed = (Lower ? LowerCase : "") + (Upper ? UpperCase : "") + (Numeric ? Digits : "") + (Special ? Marks : "");
        if (allowed.Length == 0)
        {
            throw new InvalidOperationException("A generated parameter must allow at least one kind of character.");
        }

        var least = Some(Lower, LowerCase, MinLower) + Some(Upper, UpperCase, MinUpper) + Some(Numeric, Digits, MinNumeric) + Some(Special, Marks, MinSpecial);
        var characters = (least + RandomNumberGenerator.GetString(allowed, Math.Max(0, MinLength - least.Length))).ToCharArray();
        RandomNumberGenerator.Shuffle(characters.AsSpan());
        return new(characters);
    }

    private static string Some(bool isAllowed, string characters, int count) => isAllowed ? RandomNumberGenerator.GetString(characters, count) : "";
}
