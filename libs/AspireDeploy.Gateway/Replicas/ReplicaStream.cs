using System.Runtime.CompilerServices;

namespace AspireDeploy.Gateway.Replicas;

/// <summary>
/// Carries HTTP/1.1 to one replica, and keeps two things from <see cref="SocketsHttpHandler"/>. A connection that ends without an
/// answer is a failure here, and not its reason to send a request without a body once more: the replica may have carried it out.
/// And a replica that no longer reads a body may have answered early: the rest goes nowhere, and its answer is read.
/// </summary>
internal sealed class ReplicaStream(Stream inner) : Stream
{
    // Where the digit of a status line's class is: HTTP/1.1 101.
    private const int StatusAt = 9;

    private volatile bool _isUpgraded;
    private volatile bool _isSending;
    private volatile bool _isAwaitingAnswer;
    private volatile bool _hasEnded;
    private volatile bool _readsNoMore;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // Whoever reads has sent what it had to, or begins anew.
        _isSending = false;
        var reading = inner.ReadAsync(buffer, cancellationToken);
        return reading.IsCompletedSuccessfully ? new(Heed(buffer.Span, reading.Result)) : HeedAsync(buffer, reading);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isUpgraded)
            return inner.WriteAsync(buffer, cancellationToken);
        if (!_isSending)
        {
            if (_hasEnded)
                throw new ReplicaLeftException();
            _isSending = true;
            _isAwaitingAnswer = true;
        }
        if (_readsNoMore)
            return default;
        var writing = inner.WriteAsync(buffer, cancellationToken);
        return writing.IsCompletedSuccessfully ? default : FinishAsync(writing);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> HeedAsync(Memory<byte> buffer, ValueTask<int> reading)
    {
        var length = await reading.ConfigureAwait(false);
        return Heed(buffer.Span, length);
    }

    private int Heed(ReadOnlySpan<byte> buffer, int length)
    {
        // A read of nothing only waits until there is something.
        if (buffer.IsEmpty)
            return length;
        if (length == 0)
        {
            _hasEnded = true;
            if (_isAwaitingAnswer && !_isUpgraded)
                throw new IOException("The replica closed the connection before it answered.");
        }
        else if (_isAwaitingAnswer)
        {
            _isAwaitingAnswer = false;
            _isUpgraded = length > StatusAt + 2 && buffer.Slice(StatusAt, 3).SequenceEqual("101"u8);
        }
        return length;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FinishAsync(ValueTask writing)
    {
        try
        {
            await writing.ConfigureAwait(false);
        }
        catch (IOException)
        {
            // What the replica had to say before, if anything, is read next.
            _readsNoMore = true;
        }
    }
}

/// <summary>A replica had closed a connection before the request was sent on it: nothing of it was.</summary>
internal sealed class ReplicaLeftException() : IOException("The replica had closed the connection.");
