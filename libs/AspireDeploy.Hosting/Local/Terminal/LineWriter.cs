using System.Text;

namespace AspireDeploy.Local.Terminal;

/// <summary>Passes on what is written to it in whole lines.</summary>
internal sealed class LineWriter(Action<string> write) : TextWriter
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_lock)
        {
            if (value == '\n')
            {
                write(_line.ToString());
                _line.Clear();
            }
            else if (value != '\r')
            {
                _line.Append(value);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        lock (_lock)
        {
            if (_line.Length > 0)
                write(_line.ToString());
            _line.Clear();
        }

        base.Dispose(disposing);
    }
}
