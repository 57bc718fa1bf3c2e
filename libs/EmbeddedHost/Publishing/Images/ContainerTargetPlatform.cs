using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Publishing;

/// <summary>What an image is built for; several make an image for each.</summary>
[Experimental("ASPIREPIPELINES003")]
[Flags]
[SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "Part of Aspire's API.")]
public enum ContainerTargetPlatform
{
    /// <summary>Linux on x64.</summary>
    LinuxAmd64 = 1,

    /// <summary>Linux on Arm64.</summary>
    LinuxArm64 = 2,

    /// <summary>Linux on both.</summary>
    AllLinux = LinuxAmd64 | LinuxArm64,

    /// <summary>Linux on Arm.</summary>
    LinuxArm = 4,

    /// <summary>Linux on x86.</summary>
    Linux386 = 8,

    /// <summary>Windows on x64.</summary>
    WindowsAmd64 = 16,

    /// <summary>Windows on Arm64.</summary>
    WindowsArm64 = 32,
}
