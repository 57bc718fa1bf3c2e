using Spectre.Console;
using Spectre.Console.Rendering;

namespace AspireDeploy.Local.Terminal;

/// <summary>Lines that are written over what was there: a live display moves the cursor up before it, and erases nothing.</summary>
internal sealed class LinesOver(string text, Style style) : Renderable
{
    // ECMA-48, EL: erase to the end of the line.
    private const string EraseRest = "\u001b[K";

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            yield return new Segment(line.TrimEnd('\r'), style);
            yield return Segment.Control(EraseRest);
            yield return Segment.LineBreak;
        }
    }
}
