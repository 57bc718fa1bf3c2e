using AspireDeploy.Model;

namespace AspireDeploy.Targets;

/// <summary>What becomes of a declared concept on a target: <see cref="Carried"/> or <see cref="Lost"/>.</summary>
internal abstract record ConceptOutcome
{
    /// <summary>The target carries it, by the mechanism named: <c>deploy.resources.limits.memory</c>.</summary>
    public static ConceptOutcome By(string mechanism) => new Carried(mechanism);

    /// <summary>The target can't carry it.</summary>
    /// <param name="what">What would be lost, as a sentence without its full stop: <c>Compose has no autoscaler</c>.</param>
    /// <param name="wayOut">What to do instead, likewise: <c>declare .WithReplicas(n)</c>.</param>
    public static ConceptOutcome Loses(string what, string wayOut) => new Lost(what, wayOut);
}

/// <summary>The target carries the concept.</summary>
/// <param name="Mechanism">By which mechanism of its own.</param>
internal sealed record Carried(string Mechanism) : ConceptOutcome;

/// <summary>The target can't carry the concept; publishing stops unless this loss is allowed by name.</summary>
/// <param name="What">What would be lost.</param>
/// <param name="WayOut">What to do instead.</param>
internal sealed record Lost(string What, string WayOut) : ConceptOutcome;

/// <summary>How a target treats one concept.</summary>
/// <param name="Concept">Which.</param>
/// <param name="Mechanism">How it is carried in general, for <c>docs/targets.md</c>.</param>
/// <param name="Refuses">When it is refused and what to do instead, for the same page; null: never.</param>
/// <param name="Judge">What becomes of it on a subject that declares it. It is asked of no other.</param>
internal sealed record ConceptRule(Concept Concept, string Mechanism, string? Refuses, Func<ConceptSubject, ConceptOutcome> Judge)
{
    /// <summary>A rule of a concept that is always carried the same way.</summary>
    public static ConceptRule Always(Concept concept, string mechanism) => new(concept, mechanism, null, _ => ConceptOutcome.By(mechanism));

    /// <summary>A rule of a concept that is always carried, by a mechanism that depends on what was declared.</summary>
    public static ConceptRule Always(Concept concept, string mechanism, Func<ConceptSubject, string> by) => new(concept, mechanism, null, subject => ConceptOutcome.By(by(subject)));

    /// <summary>A rule of a concept that is never carried.</summary>
    public static ConceptRule Never(Concept concept, string what, string wayOut) => new(concept, "", $"{what}: {wayOut}", _ => ConceptOutcome.Loses(what, wayOut));
}

/// <summary>
/// How a target treats every concept: the one table that refuses what it can't carry, prints the report and makes the page in docs. It has a rule for each concept,
/// and one only.
/// </summary>
internal sealed class ConceptTable
{
    private readonly Dictionary<Concept, ConceptRule> _rules;

    /// <summary>A table of <paramref name="rules"/>.</summary>
    /// <exception cref="ArgumentException">A concept has no rule, or more than one.</exception>
    public ConceptTable(params ReadOnlySpan<ConceptRule> rules)
    {
        _rules = new(rules.Length);
        foreach (var rule in rules)
        {
            if (!_rules.TryAdd(rule.Concept, rule)) throw new ArgumentException($"{rule.Concept} has more than one rule.", nameof(rules));
        }
        foreach (var definition in Concepts.All)
        {
            if (!_rules.ContainsKey(definition.Concept)) throw new ArgumentException($"{definition.Concept} has no rule.", nameof(rules));
        }
    }

    /// <summary>The rule of a concept.</summary>
    public ConceptRule this[Concept concept] => _rules[concept];

    /// <summary>What becomes of everything that a plan declares: resources in the plan's order, each with its concepts in <see cref="Concepts.All"/>'s order.</summary>
    public IEnumerable<ConceptResult> Judge(DeploymentPlan plan)
    {
        foreach (var subject in ConceptSubject.AllOf(plan))
        {
            foreach (var definition in Concepts.All)
            {
                if (definition.Declared(subject) is { } declared) yield return new(subject.Name, definition, declared, _rules[definition.Concept].Judge(subject));
            }
        }
    }
}

/// <summary>What becomes of one declared concept on one resource.</summary>
/// <param name="Resource">The resource's name.</param>
/// <param name="Definition">The concept.</param>
/// <param name="Declared">What was declared.</param>
/// <param name="Outcome">What the target does with it.</param>
internal sealed record ConceptResult(string Resource, ConceptDefinition Definition, string Declared, ConceptOutcome Outcome)
{
    /// <summary>How a person names it: <c>api.memory</c>.</summary>
    public string Key => $"{Resource}.{Definition.Key}";
}
