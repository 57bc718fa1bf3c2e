namespace AspireDeploy.Api.Database;

/// <summary>PostgreSQL is down or can't be reached at the moment. The request may be tried again.</summary>
internal sealed class DatabaseUnavailableException(Exception? reason = null) : Exception("The database can't be reached.", reason);
