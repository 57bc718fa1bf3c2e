// Most of the time is spent waiting for limits to pass.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]
