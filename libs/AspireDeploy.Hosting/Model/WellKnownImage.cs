namespace AspireDeploy.Model;

/// <summary>Describes what must be known of an image to run it without root, with its data kept and its health checked.</summary>
/// <param name="Repository">The end of its repository: <c>library/postgres</c>.</param>
/// <param name="Isolation">The user and the capabilities its process needs.</param>
internal sealed record WellKnownImage(string Repository, Isolation Isolation)
{
    /// <summary>Gets the directory its data is in, where a volume is mounted.</summary>
    public string? DataPath { get; init; }

    /// <summary>Gets where its data is in other versions; a volume there is meant for data as well.</summary>
    public string? OtherDataPath { get; init; }

    /// <summary>Gets the variable by which a declaration may say itself where data is.</summary>
    public string? DataVariable { get; init; }

    /// <summary>Gets the directory in the volume that <see cref="DataVariable"/> must name; null: the image chooses one itself.</summary>
    public string? DataFolder { get; init; }

    /// <summary>
    /// Gets what it starts with by itself; what is said of arguments takes the place of <see cref="Command"/>. Empty: nothing needs to
    /// know.
    /// </summary>
    public EquatableArray<string> Entrypoint { get; init; }

    /// <summary>Gets the words after it.</summary>
    public EquatableArray<string> Command { get; init; }

    /// <summary>Gets a command that ends with 0 once it serves.</summary>
    public EquatableArray<string> ReadinessCommand { get; init; }

    /// <summary>Variables that may hold secrets, with the variables that name a file instead.</summary>
    public EquatableArray<(string Variable, string FileVariable)> FileVariables { get; init; }

    /// <summary>
    /// Gets a value that indicates whether it takes a secret from a file only where none but the file's owner may read it. Defaults to
    /// false.
    /// </summary>
    public bool TakesPrivateFilesOnly { get; init; }

    /// <summary>Gets the memory without which it doesn't run as it comes. Defaults to null, as little as any other.</summary>
    public Size? LeastMemory { get; init; }

    /// <summary>Gets the user and group of its variant on Alpine. Defaults to null, the same.</summary>
    public (int User, int Group)? AlpineUser { get; init; }

    /// <summary>Gets what it brings that can run a script. Defaults to nothing that is known of.</summary>
    public ImageShell Shell { get; init; }

    /// <summary>
    /// Gets whether its process has a need to open connections to outside the deployment. Defaults to false, as for a database.
    /// </summary>
    public bool Outbound { get; init; }

    /// <summary>Gets how long it may take to stop cleanly.</summary>
    public TimeSpan StopGracePeriod { get; init; } = TimeSpan.FromSeconds(30);
}
