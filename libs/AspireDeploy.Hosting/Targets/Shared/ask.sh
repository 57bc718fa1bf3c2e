@CHOSEN@
# Asks for a page as somebody outside does: by the declared host, at the place where the gateway listens, until it is served. ADDRESS, which is nothing where DNS has it
ask() {
    host=@HOST@
    [ -n "$host" ] || { say "nobody has asked, since the public host is set to nothing in @SETTINGS@"; return; }
    url=@SCHEME@://$host@PORT_IN_URL@@PATH@
    unknown=@UNKNOWN@
    # No public authority knows such names: the gateway makes their certificates itself.
    case $host in
        localhost | *.localhost | *.local | *.internal | *.home.arpa) unknown=1 ;;
        *[!0-9.]*) ;;
        *) unknown=1 ;;
    esac
    if ! command -v curl >/dev/null; then
        say "nobody has asked for $url, since there is no curl here: open it in a browser"
        return
    fi
    until=$(($(date +%s) + @SECONDS@))
    while :; do
        seen=$(curl -q --silent --show-error --noproxy '*' ${unknown:+--insecure} --max-time 15 --output /dev/null --write-out '%{http_code}' ${1:+--connect-to "::$1:@PORT@"} "$url" 2>&1) && ended=0 || ended=$?
        case $ended:$seen in
            @ACCEPTED@) break ;;
            0:*) problem="answers ${seen##*[!0-9]}" ;;
            35:* | 51:* | 58:* | 60:* | 83:* | 90:*) problem="has no certificate that a browser takes ($(echo "$seen" | head -n 1))" ;;
            *) problem="doesn't answer ($(echo "$seen" | head -n 1))" ;;
        esac
        if [ "$(date +%s)" -ge "$until" ]; then
            echo "$url $problem${1:+ at $1}. Everything was deployed, but nobody outside is served: see @LOGS@." >&2
            exit 1
        fi
        sleep 1
    done
    say "$url answers $seen${1:+ at $1}"
@DOUBT@}
