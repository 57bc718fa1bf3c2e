namespace AspireDeploy.Gateway.Tests.Contract;

public sealed class LocalReplicasTests(LocalGateway gateway) : ReplicasContract<LocalGateway>(gateway);

public sealed class LocalRepeatsTests(LocalGateway gateway) : RepeatsContract<LocalGateway>(gateway);

public sealed class LocalPassingTests(LocalGateway gateway) : PassingContract<LocalGateway>(gateway);

public sealed class LocalGrpcTests(LocalGateway gateway) : GrpcContract<LocalGateway>(gateway);

public sealed class LocalWireTests(LocalGateway gateway) : WireContract<LocalGateway>(gateway);

public sealed class LocalForwardingTests(LocalGateway gateway) : ForwardingContract<LocalGateway>(gateway);

public sealed class LocalHttpsTests(LocalGateway gateway) : HttpsContract<LocalGateway>(gateway);

public sealed class LocalLimitsTests(LocalGateway gateway) : LimitsContract<LocalGateway>(gateway);

public sealed class LocalLogTests(LocalGateway gateway) : LogContract<LocalGateway>(gateway);
