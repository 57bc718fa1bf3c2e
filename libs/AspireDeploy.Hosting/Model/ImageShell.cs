namespace AspireDeploy.Model;

/// <summary>Describes what an image brings that can run a script.</summary>
internal enum ImageShell
{
    /// <summary>Nothing that is known of.</summary>
    None,

    /// <summary><c>bash</c>, which opens connections by <c>/dev/tcp</c>, and <c>sh</c>.</summary>
    Bash,

    /// <summary>BusyBox, or what behaves like it: <c>sh</c>, <c>nc</c> and <c>wget</c>.</summary>
    BusyBox,
}
