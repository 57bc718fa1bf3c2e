using AspireDeploy.Gateway;
using AspireDeploy.ServiceDefaults;

return await Service.RunAsync(args, GatewayHost.Build);
