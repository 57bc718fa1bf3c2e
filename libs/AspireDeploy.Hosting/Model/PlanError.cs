namespace AspireDeploy.Model;

/// <summary>Something in a declaration that can't be deployed.</summary>
/// <param name="Path">Where: <c>api.memory.limit</c>.</param>
/// <param name="Message">What is wrong and what to do, as the rest of a sentence: <c>"12x" is not a size; write 256Mi</c>.</param>
internal sealed record PlanError(string Path, string Message)
{
    /// <inheritdoc />
    public override string ToString() => $"{Path}: {Message}";
}

/// <summary>A declaration can't be deployed; <see cref="Errors"/> says why, all reasons at once.</summary>
internal sealed class PlanException(IReadOnlyList<PlanError> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    /// <summary>Gets every reason.</summary>
    public IReadOnlyList<PlanError> Errors { get; } = errors;
}
