# The version of a service's secrets: a running replica keeps what it has read, so one that has read others isn't up to date. SERVICE
version() { sed -n "s/^$1 //p" secrets/.versions | sha256sum | cut -c 1-16; }
