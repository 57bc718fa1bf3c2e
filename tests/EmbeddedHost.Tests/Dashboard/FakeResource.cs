using Aspire.Hosting.ApplicationModel;

namespace EmbeddedHost.Tests.Dashboard;

internal sealed class FakeResource(string name) : Resource(name);
