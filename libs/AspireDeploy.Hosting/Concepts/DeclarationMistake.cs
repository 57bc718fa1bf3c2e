using Aspire.Hosting;
using AspireDeploy.Mistakes;
using AspireDeploy.Model;

namespace AspireDeploy;

/// <summary>Refuses a mistake in a declaration: one line that names the resource, the value and the way out.</summary>
internal static class DeclarationMistake
{
    /// <summary>Returns the exception for a mistake.</summary>
    /// <param name="path">Where: <c>api.memory.limit</c>.</param>
    /// <param name="message">What is wrong and what to do, as the rest of a sentence.</param>
    internal static DistributedApplicationException At(string path, string message)
    {
        MistakeLine.Show();
        return new(new PlanError(path, message).ToString());
    }

    /// <summary>Throws the first of <paramref name="errors"/>, if there is one.</summary>
    /// <exception cref="DistributedApplicationException">There is one.</exception>
    internal static void ThrowFirst(IReadOnlyList<PlanError> errors)
    {
        if (errors.Count > 0)
            throw At(errors[0].Path, errors[0].Message);
    }
}
