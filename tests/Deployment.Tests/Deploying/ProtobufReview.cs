using System.Text;

namespace AspireDeploy.Tests.Deploying;

/// <summary>
/// The question whether one may do something, as <c>kubectl</c> sends it: Protocol Buffers after four bytes, in an envelope.
/// (https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding; k8s.io/api/authorization/v1/generated.proto)
/// </summary>
internal static class ProtobufReview
{
    /// <summary>Reads what is asked for.</summary>
    internal static (string Verb, string Resource) Read(ReadOnlySpan<byte> body)
    {
        const int Mark = 4;
        // Unknown.raw, SelfSubjectAccessReview.spec, resourceAttributes.
        var attributes = Field(Field(Field(body[Mark..], 2), 2), 1);
        return (Encoding.UTF8.GetString(Field(attributes, 2)), Encoding.UTF8.GetString(Field(attributes, 5)));
    }

    // Every field that is written has a length.
    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> message, int number)
    {
        while (message.Length > 0)
        {
            var field = Number(ref message) >> 3;
            var length = Number(ref message);
            if (field == number)
                return message[..length];
            message = message[length..];
        }
        return [];
    }

    private static int Number(ref ReadOnlySpan<byte> message)
    {
        var (value, shift) = (0, 0);
        while (true)
        {
            var next = message[0];
            message = message[1..];
            value |= (next & 0x7f) << shift;
            if (next < 0x80)
                return value;
            shift += 7;
        }
    }
}
