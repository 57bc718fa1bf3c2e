using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace AspireDeploy.Api.Items;

/// <summary>How the API's types are written and read, generated at build: <c>snake_case</c>, as in FastAPI's example.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(ItemInput))]
[JsonSerializable(typeof(ItemView))]
[JsonSerializable(typeof(ItemPage))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
internal sealed partial class ItemJson : JsonSerializerContext;
