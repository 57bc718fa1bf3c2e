using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using AspireDeploy.Api.Caching;
using AspireDeploy.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AspireDeploy.Api.Items;

/// <summary>The items over HTTP.</summary>
internal static class ItemEndpoints
{
    /// <summary>The operation that answers items without their entity tags.</summary>
    internal const string ListName = "ListItems";

    private const string Path = "/items";
    private const int MostPerPage = 100;

    internal static void MapItems(this IEndpointRouteBuilder routes)
    {
        var items = routes.MapGroup(Path).WithTags("Items").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        // The headers of GET without its body (RFC 9110, 9.3.2); the document has GET alone.
        items.MapMethods("", [HttpMethods.Head], List).ExcludeFromDescription();
        items.MapMethods("/{id:int}", [HttpMethods.Head], Get).ExcludeFromDescription();
        items
            .MapGet("", List)
            .WithName(ListName)
            .WithSummary("List items")
            .WithDescription("In the order of their numbers, a page at a time.")
            .ProducesValidationProblem();
        items
            .MapGet("/{id:int}", Get)
            .WithName("GetItem")
            .WithSummary("Get an item")
            .WithDescription("With If-None-Match, 304 while it is the version that the client has.")
            .Produces<ItemView>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound);
        items
            .MapPost("", Create)
            .WithName("CreateItem")
            .WithSummary("Create an item")
            .Produces<ItemView>(StatusCodes.Status201Created)
            .ProducesValidationProblem();
        items
            .MapPut("/{id:int}", Replace)
            .WithName("ReplaceItem")
            .WithSummary("Replace an item")
            .WithDescription("Only the version that If-Match names; * stands for whatever is there.")
            .Produces<ItemView>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status428PreconditionRequired);
        items
            .MapDelete("/{id:int}", Delete)
            .WithName("DeleteItem")
            .WithSummary("Delete an item")
            .WithDescription("With If-Match, only the version that it names.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<Ok<ItemPage>> List(
        ItemStore store,
        CancellationToken cancellationToken,
        [Description("Where the page before ended; left out, from the first."), Cursor] string? after = null,
        [Description("How many at most."), Range(1, MostPerPage, ErrorMessage = "It must be a number from {1} to {2}.")] int limit = 20
    )
    {
        // One more than asked for tells whether there is a next page.
        var found = await store.ListAsync(CursorAttribute.Read(after), limit + 1, cancellationToken);
        var page = found.Take(limit).Select(ItemView.Of).ToList();
        var next = found.Count > limit ? string.Create(CultureInfo.InvariantCulture, $"{Path}?after={page[^1].Id}&limit={limit}") : null;
        return TypedResults.Ok(new ItemPage(page, next));
    }

    private static async ValueTask<IResult> Get(
        int id,
        ItemCache cache,
        HttpContext http,
        [FromHeader(Name = "If-None-Match")] string? ifNoneMatch = null
    )
    {
        if (await cache.GetAsync(id, http.RequestAborted) is not { } item)
            return Absent(id);
        http.Response.Headers.ETag = Precondition.EntityTag(item.Version);
        return Precondition.Matches(ifNoneMatch, item.Version, strongly: false)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(ItemView.Of(item));
    }

    private static async Task<Created<ItemView>> Create([FromBody] ItemInput input, ItemStore store, HttpContext http)
    {
        var item = await store.AddAsync(input, http.RequestAborted);
        http.Response.Headers.ETag = Precondition.EntityTag(item.Version);
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"{Path}/{item.Id}"), ItemView.Of(item));
    }

    private static async Task<IResult> Replace(
        int id,
        [FromBody] ItemInput input,
        ItemCache cache,
        HttpContext http,
        [FromHeader(Name = "If-Match")] string? ifMatch = null,
        [FromHeader(Name = "If-None-Match")] string? ifNoneMatch = null
    )
    {
        if (ifMatch is null && ifNoneMatch != "*")
        {
            return TypedResults.Problem(
                "Send the ETag of the version you mean to replace in If-Match, or * for whatever is there.",
                statusCode: StatusCodes.Status428PreconditionRequired
            );
        }
        var (item, isReplaced) = await cache.ChangeAsync(
            id,
            new(ifMatch ?? "*", ifNoneMatch),
            (_, item) =>
            {
                input.ApplyTo(item);
                item.Version++;
            },
            http.RequestAborted
        );
        if (!isReplaced)
            return Refused(id, item);
        http.Response.Headers.ETag = Precondition.EntityTag(item!.Version);
        return TypedResults.Ok(ItemView.Of(item));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        int id,
        ItemCache cache,
        CancellationToken cancellationToken,
        [FromHeader(Name = "If-Match")] string? ifMatch = null,
        [FromHeader(Name = "If-None-Match")] string? ifNoneMatch = null
    )
    {
        var (item, isDeleted) = await cache.ChangeAsync(
            id,
            new(ifMatch ?? "*", ifNoneMatch),
            static (catalog, item) => catalog.Remove(item),
            cancellationToken
        );
        return isDeleted ? TypedResults.NoContent() : Refused(id, item);
    }

    private static ProblemHttpResult Refused(int id, Item? item) =>
        item is null
            ? Absent(id)
            : TypedResults.Problem(
                $"Item {id} is not a version that If-Match and If-None-Match allow; get it again.",
                statusCode: StatusCodes.Status412PreconditionFailed
            );

    private static ProblemHttpResult Absent(int id) =>
        TypedResults.Problem($"There is no item {id}.", statusCode: StatusCodes.Status404NotFound);
}
