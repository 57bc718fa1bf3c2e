namespace AspireDeploy.Local.Replicas;

/// <summary>Is told of every change of every replica, one after the other. It must not block.</summary>
internal interface IReplicaObserver
{
    /// <summary>Tells of a change.</summary>
    /// <param name="before">What was known; null if nothing was.</param>
    /// <param name="after">What is known now.</param>
    void Observe(ReplicaFacts? before, ReplicaFacts after);
}
