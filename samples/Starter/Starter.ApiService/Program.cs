var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddProblemDetails();

var app = builder.Build();
app.UseExceptionHandler();

string[] summaries = ["Frosty", "Cool", "Mild", "Warm", "Hot"];
app.MapGet("/weatherforecast", () =>
    Enumerable
        .Range(1, 5)
        .Select(day => new WeatherForecast(
            DateOnly.FromDateTime(DateTime.Now.AddDays(day)),
            Random.Shared.Next(-10, 40),
            summaries[Random.Shared.Next(summaries.Length)]
        ))
);

app.MapDefaultEndpoints();
app.Run();

internal sealed record WeatherForecast(DateOnly Date, int TemperatureC, string Summary);
