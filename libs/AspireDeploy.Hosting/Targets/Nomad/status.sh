#!/bin/sh
# Shows what runs of @NAME@. Made by publishing: change the AppHost, not this file.
set -u
export NOMAD_NAMESPACE=@NAMESPACE@
for job in @JOBS@; do
    echo "+ nomad job status $job"
    nomad job status "$job"
    echo
done
