using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Orchestration;

/// <summary>Asks the person at the terminal for the value of a parameter that has none, and keeps it in the AppHost's user secrets.</summary>
internal sealed class ParameterPrompt(IConfiguration configuration, IUserSecretsManager secrets)
{
    /// <summary>Whether there is somebody to ask.</summary>
    public static bool CanAsk => !Console.IsInputRedirected && !Console.IsOutputRedirected && Environment.UserInteractive;

    /// <summary>Asks, and puts the answer into the configuration. What is typed for a secret isn't shown.</summary>
    /// <param name="parameter">What has no value.</param>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    /// <returns>Whether there was an answer: a line that isn't empty.</returns>
    public async Task<bool> AskAsync(ParameterResource parameter, CancellationToken cancellationToken)
    {
        Console.WriteLine($"Parameter '{parameter.Name}' has no value yet.{(parameter.Description is { } description ? $" {description}" : "")}");
        Console.Write(parameter.Secret ? "Its value, which isn't shown: " : "Its value: ");
        // Nothing ends a read of the terminal: it is left to itself.
        var answer = await Task.Run(() => parameter.Secret ? ReadSecret() : Console.ReadLine(), CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrEmpty(answer))
        {
            return false;
        }

        configuration[parameter.ConfigurationKey] = answer;
        Console.WriteLine(secrets.TrySetSecret(parameter.ConfigurationKey, answer)
            ? "It is kept in the AppHost's user secrets: 'dotnet user-secrets list' shows it."
            : "It is for this run only, as this AppHost has no user secrets.");
        return true;
    }

    private static string ReadSecret()
    {
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.WriteLine();
        return typed.ToString();
    }
}
