needs cut sha256sum

# Notes that a service's secrets are what they are, for deploy.sh to see when they change. It tells nobody what is in them, as only this folder has the key. FILE
note() { printf '%s %s\n' "${1%%/*}" "$(cat secrets/.key "$work/new" | sha256sum | cut -c 1-32)" >>"$work/noted"; }
if [ ! -s secrets/.key ]; then
    head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n' >"$work/new"
    first secrets/.key || :
fi

