namespace AspireDeploy.Api.Items;

/// <summary>Answers an item with its entity tag: its bytes as they are, whichever request they answer, or 304 without them.</summary>
internal sealed class ItemResult : IResult
{
    private readonly StoredItem _item;
    private readonly int _status;
    private readonly string? _location;

    private ItemResult(StoredItem item, int status, string? location = null) => (_item, _status, _location) = (item, status, location);

    internal static ItemResult Whole(StoredItem item) => new(item, StatusCodes.Status200OK);

    internal static ItemResult Created(StoredItem item, string location) => new(item, StatusCodes.Status201Created, location);

    internal static ItemResult Unchanged(StoredItem item) => new(item, StatusCodes.Status304NotModified);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = _status;
        response.Headers.ETag = _item.ETag;
        if (_location is not null)
            response.Headers.Location = _location;
        if (_status == StatusCodes.Status304NotModified)
            return Task.CompletedTask;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = _item.Json.Length;
        return response.Body.WriteAsync(_item.Json, 0, _item.Json.Length, httpContext.RequestAborted);
    }
}
