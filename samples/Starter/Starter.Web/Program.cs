using Starter.Web;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddOutputCache();
builder.Services.AddStackExchangeRedisOutputCache(options => options.Configuration = builder.Configuration.GetConnectionString("cache"));
builder.Services.AddRazorComponents();
builder.Services.AddHttpClient<WeatherClient>(client => client.BaseAddress = new("https+http://apiservice"));

var app = builder.Build();
app.UseAntiforgery();
app.UseOutputCache();
app.MapRazorComponents<App>();
app.MapDefaultEndpoints();
app.Run();
