namespace Starter.Web;

public sealed class WeatherClient(HttpClient http)
{
    public async Task<IReadOnlyList<WeatherForecast>> GetAsync(CancellationToken cancellationToken = default) =>
        await http.GetFromJsonAsync<List<WeatherForecast>>("/weatherforecast", cancellationToken) ?? [];
}

public sealed record WeatherForecast(DateOnly Date, int TemperatureC, string? Summary);
