// Most of the time is spent waiting for limits to pass.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
