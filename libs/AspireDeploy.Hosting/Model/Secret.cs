namespace AspireDeploy.Model;

/// <summary>A value nobody but who needs it may see.</summary>
/// <param name="Name">Its name: <c>postgres-password</c>.</param>
/// <param name="Generation">How it is made where none was given; null: a person must supply it.</param>
/// <param name="Description">What it is, for the person who supplies it; empty if there is nothing to say.</param>
internal sealed record Secret(string Name, SecretGeneration? Generation = null, string Description = "");

/// <summary>Describes how a secret is made: letters and digits, so that no connection string, URL or shell needs to escape it.</summary>
/// <param name="Length">How many characters; 22 hold 128 bits.</param>
internal sealed record SecretGeneration(int Length = 22);

/// <summary>A value that a person may choose at deployment and anybody may see.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">The value if none is chosen; null: a person must choose.</param>
/// <param name="Description">What it is, for the person who chooses; empty if there is nothing to say.</param>
internal sealed record Parameter(string Name, string? Default = null, string Description = "");

/// <summary>A file in a container that holds a secret.</summary>
/// <param name="Path">The absolute path in the container.</param>
/// <param name="Content">What is in it.</param>
internal sealed record SecretFile(string Path, Template Content);
