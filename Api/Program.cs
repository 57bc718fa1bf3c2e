using AspireDeploy.Api;
using AspireDeploy.ServiceDefaults;

return await Service.RunAsync(args, ApiHost.Build);
