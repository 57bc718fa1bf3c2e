namespace AspireDeploy.Bench.Gateway;

/// <summary>The proxies, each set up as its manual says for keep-alive to three replicas, on all cores and without an access log.</summary>
internal static class Contenders
{
    internal const string Ours = "gateway";

    /// <summary>Gets the names of the others, as Debian calls their packages.</summary>
    internal static readonly IReadOnlyList<string> Others = ["nginx", "haproxy", "caddy"];

    internal static Task<Proxy> OursAsync(Place place, IReadOnlyList<int> replicas)
    {
        var (http, https) = (Place.FreePort(), Place.FreePort());
        // Where it serves HTTPS its HTTP only redirects: plain HTTP is measured on a process of its own.
        return Proxy.StartAsync(
            Ours,
            "dotnet",
            [.. Program(replicas), $"--urls=https://127.0.0.1:{https}", $"--Gateway:Certificate={place.Certificate}"],
            https,
            https
        );
    }

    internal static Task<Proxy> OursPlainAsync(IReadOnlyList<int> replicas)
    {
        var http = Place.FreePort();
        return Proxy.StartAsync(Ours, "dotnet", [.. Program(replicas), $"--urls=http://127.0.0.1:{http}"], http);
    }

    internal static Task<Proxy> StockYarpAsync(Place place, IReadOnlyList<int> replicas, string scheme)
    {
        var port = Place.FreePort();
        string[] arguments =
        [
            typeof(StockYarp).Assembly.Location,
            "yarp",
            $"{scheme}://127.0.0.1:{port}",
            place.Certificate,
            .. replicas.Select(replica => $"{replica}"),
        ];
        return Proxy.StartAsync("stock YARP", "dotnet", arguments, port, port);
    }

    internal static Task<Proxy> OtherAsync(string name, string program, Place place, IReadOnlyList<int> replicas)
    {
        var (http, https) = (Place.FreePort(), Place.FreePort());
        string[] arguments = name switch
        {
            "nginx" => ["-c", place.Write("nginx.conf", Nginx(place, replicas, http, https)), "-e", place.Path("nginx.log")],
            "haproxy" => ["-f", place.Write("haproxy.cfg", Haproxy(place, replicas, http, https))],
            _ => ["run", "--adapter", "caddyfile", "--config", place.Write("Caddyfile", Caddy(place, replicas, http, https))],
        };
        return Proxy.StartAsync(name, program, arguments, http, https);
    }

    private static IEnumerable<string> Program(IReadOnlyList<int> replicas) =>
        [
            Path.Combine(AppContext.BaseDirectory, "AspireDeploy.Gateway.dll"),
            "--Gateway:Routes:0:Path=/",
            "--Gateway:Routes:0:Service=api",
            "--Logging:LogLevel:Default=Warning",
            .. replicas.Select((port, index) => $"--Gateway:Services:api:Replicas:{index}=http://127.0.0.1:{port}"),
        ];

    private static string Nginx(Place place, IReadOnlyList<int> replicas, int http, int https) =>
        $$"""
            daemon off; worker_processes auto; pid {{place.Path("nginx.pid")}}; error_log {{place.Path("nginx.log")}};
            events { worker_connections 4096; }
            http {
              access_log off; client_body_temp_path {{place.Path("body")}}; proxy_temp_path {{place.Path("proxy")}};
              fastcgi_temp_path {{place.Path("fastcgi")}}; uwsgi_temp_path {{place.Path("uwsgi")}}; scgi_temp_path {{place.Path("scgi")}};
              keepalive_requests 10000000;
              upstream api { least_conn; {{string.Join(
                ' ',
                replicas.Select(port => $"server 127.0.0.1:{port};")
            )}} keepalive 128; keepalive_requests 10000000; }
              server {
                listen 127.0.0.1:{{http}}; listen 127.0.0.1:{{https}} ssl; ssl_certificate {{place.Certificate}}; ssl_certificate_key {{place.Certificate}};
                location / { proxy_pass http://api; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Host $host; }
              }
            }
            """;

    private static string Haproxy(Place place, IReadOnlyList<int> replicas, int http, int https) =>
        $"""
            global
              maxconn 4096
            defaults
              mode http
              timeout connect 2s
              timeout client 100s
              timeout server 100s
              option forwardfor
            frontend edge
              bind 127.0.0.1:{http}
              bind 127.0.0.1:{https} ssl crt {place.Certificate}
              http-request set-header X-Forwarded-Proto %[ssl_fc,iif(https,http)]
              default_backend api
            backend api
              balance leastconn
            {string.Join('\n', replicas.Select((port, index) => $"  server s{index} 127.0.0.1:{port} check"))}

            """;

    private static string Caddy(Place place, IReadOnlyList<int> replicas, int http, int https) =>
        $$"""
            {
              admin off
              auto_https off
              storage file_system {{place.Path("caddy")}}
            }
            (replicas) {
              reverse_proxy {{string.Join(' ', replicas.Select(port => $"127.0.0.1:{port}"))}} {
                lb_policy least_conn
              }
            }
            http://127.0.0.1:{{http}} {
              import replicas
            }
            https://127.0.0.1:{{https}} {
              tls {{place.Certificate}} {{place.Certificate}}
              import replicas
            }
            """;
}
