using AspireDeploy.Model;

namespace AspireDeploy.Targets;

/// <summary>
/// Describes what becomes of a declared concept on a target: <see cref="Supported"/>, <see cref="Weakened"/> or <see cref="Unsupported"/>.
/// </summary>
internal abstract record ConceptOutcome
{
    /// <summary>Returns the outcome of a concept that the target carries whole.</summary>
    /// <param name="mechanism">The target's own mechanism: <c>deploy.resources.limits.memory</c>.</param>
    public static ConceptOutcome By(string mechanism) => new Supported(mechanism);

    /// <summary>
    /// Returns the outcome of a concept that the target carries with less than was declared. Publishing goes on, and the report and the
    /// terminal say so.
    /// </summary>
    /// <param name="mechanism">The target's own mechanism.</param>
    /// <param name="what">What is weaker, as a sentence without its full stop.</param>
    /// <param name="remedy">How to have the whole of it, likewise.</param>
    public static ConceptOutcome Weakens(string mechanism, string what, string remedy) => new Weakened(mechanism, what, remedy);

    /// <summary>Returns the outcome of a concept that the target can't carry.</summary>
    /// <param name="what">What would be lost, as a sentence without its full stop: <c>Compose has no autoscaler</c>.</param>
    /// <param name="remedy">What to do instead, likewise: <c>declare .WithReplicas(n)</c>.</param>
    public static ConceptOutcome Loses(string what, string remedy) => new Unsupported(what, remedy);
}

/// <summary>The target carries the concept.</summary>
/// <param name="Mechanism">By which mechanism of its own.</param>
internal sealed record Supported(string Mechanism) : ConceptOutcome;

/// <summary>The target carries the concept with less than was declared.</summary>
/// <param name="Mechanism">By which mechanism of its own.</param>
/// <param name="What">What is weaker.</param>
/// <param name="Remedy">How to have the whole of it.</param>
internal sealed record Weakened(string Mechanism, string What, string Remedy) : ConceptOutcome;

/// <summary>The target can't carry the concept: it isn't published for, unless this loss is allowed by name.</summary>
/// <param name="What">What would be lost.</param>
/// <param name="Remedy">What to do instead.</param>
internal sealed record Unsupported(string What, string Remedy) : ConceptOutcome;

/// <summary>Describes how a target treats one concept.</summary>
/// <param name="Concept">Which.</param>
/// <param name="Mechanism">How it is carried in general, for the pages of <c>docs/concepts</c>.</param>
/// <param name="Refuses">When it is refused and what to do instead, for the same page; null: never.</param>
/// <param name="Judge">What becomes of it on a subject that declares it. It is asked of no other.</param>
internal sealed record ConceptRule(Concept Concept, string Mechanism, string? Refuses, Func<ConceptSubject, ConceptOutcome> Judge)
{
    /// <summary>
    /// Gets when less than was declared is carried and how to have the whole, for the same page. Defaults to null, never.
    /// </summary>
    public string? Weakens { get; init; }

    /// <summary>
    /// Gets what the target does by itself on a subject that declares nothing of it. Defaults to nothing, which is null.
    /// </summary>
    public Func<ConceptSubject, ConceptOutcome?> Undeclared { get; init; } = static _ => null;

    /// <summary>Returns a rule of a concept that is always carried the same way.</summary>
    public static ConceptRule Always(Concept concept, string mechanism) => new(concept, mechanism, null, _ => ConceptOutcome.By(mechanism));

    /// <summary>Returns a rule of a concept that is always carried, by a mechanism that depends on what was declared.</summary>
    public static ConceptRule Always(Concept concept, string mechanism, Func<ConceptSubject, string> by) =>
        new(concept, mechanism, null, subject => ConceptOutcome.By(by(subject)));

    /// <summary>Returns a rule of a concept that is never carried.</summary>
    public static ConceptRule Never(Concept concept, string what, string remedy) =>
        new(concept, "", $"{what}: {remedy}", _ => ConceptOutcome.Loses(what, remedy));
}

/// <summary>
/// Describes how a target treats every concept: the one table that refuses what it can't carry, prints the report and makes the page in
/// docs. It has a rule for each concept, and one only.
/// </summary>
internal sealed class ConceptTable
{
    private readonly Dictionary<Concept, ConceptRule> _rules;

    /// <summary>Returns a table of <paramref name="rules"/>.</summary>
    /// <exception cref="ArgumentException">A concept has no rule, or more than one.</exception>
    public ConceptTable(params ReadOnlySpan<ConceptRule> rules)
    {
        _rules = new(rules.Length);
        foreach (var rule in rules)
        {
            if (!_rules.TryAdd(rule.Concept, rule))
                throw new ArgumentException($"{rule.Concept} has more than one rule.", nameof(rules));
        }
        foreach (var definition in Concepts.All)
        {
            if (!_rules.ContainsKey(definition.Concept))
                throw new ArgumentException($"{definition.Concept} has no rule.", nameof(rules));
        }
    }

    /// <summary>Gets the rule of a concept.</summary>
    public ConceptRule this[Concept concept] => _rules[concept];

    /// <summary>
    /// Returns what becomes of everything that a plan declares: resources in the plan's order, each with its concepts in
    /// <see cref="Concepts.All"/>'s order.
    /// </summary>
    public IEnumerable<ConceptResult> Judge(DeploymentPlan plan)
    {
        foreach (var subject in ConceptSubject.AllOf(plan))
        {
            foreach (var definition in Concepts.All)
            {
                var shortfalls = (subject.Workload?.Shortfalls ?? default)
                    .Where(shortfall => shortfall.Concept == definition.Concept)
                    .ToList();
                if ((definition.Declared(subject) ?? shortfalls.FirstOrDefault()?.Declared) is not { } declared)
                {
                    if (_rules[definition.Concept].Undeclared(subject) is { } own)
                        yield return new(subject.Name, definition, ConceptResult.Undeclared, own);
                    continue;
                }
                var outcome = definition.Declared(subject) is null
                    ? ConceptOutcome.By("what is left of it")
                    : _rules[definition.Concept].Judge(subject);
                yield return new(subject.Name, definition, declared, shortfalls.Aggregate(outcome, Combine));
            }
        }
    }

    // What fell short while the declaration was read does so on every target.
    private static ConceptOutcome Combine(ConceptOutcome outcome, Shortfall shortfall) =>
        (outcome, shortfall.IsLost) switch
        {
            (Unsupported unsupported, true) => new Unsupported(
                $"{unsupported.What}. {shortfall.What}",
                $"{unsupported.Remedy}; {shortfall.Remedy}"
            ),
            (_, true) => new Unsupported(shortfall.What, shortfall.Remedy),
            (Supported supported, false) => new Weakened(supported.Mechanism, shortfall.What, shortfall.Remedy),
            (Weakened weakened, false) => new Weakened(
                weakened.Mechanism,
                $"{weakened.What}. {shortfall.What}",
                $"{weakened.Remedy}; {shortfall.Remedy}"
            ),
            _ => outcome,
        };
}

/// <summary>Describes what becomes of one declared concept on one resource.</summary>
/// <param name="Resource">The resource's name.</param>
/// <param name="Definition">The concept.</param>
/// <param name="Declared">What was declared.</param>
/// <param name="Outcome">What the target does with it.</param>
internal sealed record ConceptResult(string Resource, ConceptDefinition Definition, string Declared, ConceptOutcome Outcome)
{
    /// <summary>What is declared, where nothing is and the target does something by itself.</summary>
    internal const string Undeclared = "none declared";

    /// <summary>Gets how a person names it: <c>api.memory</c>.</summary>
    public string Key => $"{Resource}.{Definition.Key}";
}
