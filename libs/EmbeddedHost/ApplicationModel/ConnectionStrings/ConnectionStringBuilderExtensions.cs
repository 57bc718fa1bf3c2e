using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Declares connection strings that are made from other values.</summary>
public static class ConnectionStringBuilderExtensions
{
    /// <summary>Adds a connection string. It waits until the resources that it is made from run.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Its name.</param>
    /// <param name="connectionStringExpression">What it is made from.</param>
    /// <returns>The connection string.</returns>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        ReferenceExpression connectionStringExpression)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(connectionStringExpression);
        var added = builder.AddResource(new ConnectionStringResource(name, connectionStringExpression));
        foreach (var part in ReferencedResources.Of([connectionStringExpression]).Where(part => part is not IResourceWithoutLifetime and not ParameterResource))
        {
            added.WaitForStart(builder.CreateResourceBuilder(part));
        }

        return added.WithReferenceRelationship(connectionStringExpression).WithInitialState(new()
        {
            ResourceType = "ConnectionString",
            State = KnownResourceStates.NotStarted,
            Properties = [],
        });
    }

    /// <summary>Adds a connection string. It waits until the resources that it is made from run.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Its name.</param>
    /// <param name="connectionStringBuilder">Writes it.</param>
    /// <returns>The connection string.</returns>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        Action<ReferenceExpressionBuilder> connectionStringBuilder)
    {
        ArgumentNullException.ThrowIfNull(connectionStringBuilder);
        var expression = new ReferenceExpressionBuilder();
        connectionStringBuilder(expression);
        return builder.AddConnectionString(name, expression.Build());
    }
}
