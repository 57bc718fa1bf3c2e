namespace AspireDeploy.Api.Items;

/// <summary>Answers an item with its entity tag: its bytes as they are, or 304 without them.</summary>
internal sealed class ItemResult : IResult
{
    private readonly StoredItem _item;
    private readonly bool _whole;

    private ItemResult(StoredItem item, bool whole) => (_item, _whole) = (item, whole);

    internal static ItemResult Whole(StoredItem item) => new(item, whole: true);

    internal static ItemResult Unchanged(StoredItem item) => new(item, whole: false);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ETag = _item.ETag;
        if (!_whole)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = _item.Json.Length;
        return response.Body.WriteAsync(_item.Json, 0, _item.Json.Length, httpContext.RequestAborted);
    }
}
