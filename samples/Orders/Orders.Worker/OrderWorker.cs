using System.Text;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Orders.Worker;

/// <summary>Writes each message of the queue into the database, and only then tells the queue that it has it.</summary>
internal sealed class OrderWorker(NpgsqlDataSource database, IConnection messages) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using (
            var table = database.CreateCommand(
                "create table if not exists orders (id bigint generated always as identity, text text not null)"
            )
        )
        {
            await table.ExecuteNonQueryAsync(stoppingToken);
        }

        await using var channel = await messages.CreateChannelAsync(cancellationToken: stoppingToken);
        await channel.QueueDeclareAsync("orders", durable: true, exclusive: false, autoDelete: false, cancellationToken: stoppingToken);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            await using var insert = database.CreateCommand("insert into orders (text) values ($1)");
            insert.Parameters.AddWithValue(Encoding.UTF8.GetString(message.Body.Span));
            await insert.ExecuteNonQueryAsync(stoppingToken);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, stoppingToken);
        };
        await channel.BasicConsumeAsync("orders", autoAck: false, consumer, stoppingToken);
        await Task.Delay(Timeout.Infinite, stoppingToken);
    }
}
