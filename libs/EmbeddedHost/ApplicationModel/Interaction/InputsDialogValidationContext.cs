namespace Aspire.Hosting;

/// <summary>Lets code say what is wrong with the values of inputs.</summary>
public sealed class InputsDialogValidationContext
{
    /// <summary>The inputs with their values.</summary>
    public required InteractionInputCollection Inputs { get; init; }

    /// <summary>Cancelled when the answer is of no use any more.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>The application's services.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>Whether something is wrong.</summary>
    internal bool HasErrors { get; private set; }

    /// <summary>Says what is wrong with a value.</summary>
    /// <param name="input">The input.</param>
    /// <param name="errorMessage">What is wrong.</param>
    public void AddValidationError(InteractionInput input, string errorMessage)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentException.ThrowIfNullOrEmpty(errorMessage);
        input.ValidationErrors.Add(errorMessage);
        HasErrors = true;
    }

    /// <summary>Says what is wrong with a value.</summary>
    /// <param name="inputName">The input's name.</param>
    /// <param name="errorMessage">What is wrong.</param>
    /// <exception cref="KeyNotFoundException">There is no such input.</exception>
    public void AddValidationError(string inputName, string errorMessage) => AddValidationError(Inputs[inputName], errorMessage);
}
