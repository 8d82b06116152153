#!/usr/bin/env bash
# Stops what start.sh started in a folder, by process number, jobs first, and deletes the folder.
#   stop.sh FOLDER
set -uo pipefail
dir="$(cd "$1" && pwd)" || exit 0
export SLURM_CONF="$dir/slurm.conf"

# ours NAME PATTERN: the number in a file, if its process still runs what was started; it may be another's by now.
ours() {
  local pid
  pid="$(cat "$dir/run/$1.started" 2> /dev/null)" || return 0
  { tr '\0' ' ' < "/proc/$pid/cmdline" | grep -q "$2" && echo "$pid"; } 2> /dev/null
}

# gone SECONDS PID…: asks them to end, waits, and kills what is left.
gone() {
  local seconds="$1" i pid
  shift
  [ $# -gt 0 ] || return 0
  kill -TERM "$@" 2> /dev/null
  for ((i = 0; i < seconds * 10; i++)); do kill -0 "$@" 2> /dev/null || break; sleep 0.1; done
  for pid in "$@"; do kill -KILL "$pid" 2> /dev/null; done
}

# Jobs first: a slurmstepd outlives its slurmd, and what it runs outlives both.
jobs="$(timeout 10 squeue -h -o %A 2> /dev/null | sort -u | tr '\n' ' ')"
# shellcheck disable=SC2086
[ -n "$jobs" ] && timeout 10 scancel $jobs 2> /dev/null
for ((i = 0; i < 100; i++)); do [ -z "$(timeout 5 squeue -h 2> /dev/null)" ] && break; sleep 0.1; done

daemons=()
for file in "$dir"/run/slurmd.*.started; do daemons+=($(ours "$(basename "$file" .started)" slurmd)); done
daemons+=($(ours slurmctld slurmctld))
gone 10 "${daemons[@]}"
# Last, since the others talk through it.
gone 5 $(ours munged "munged .*$dir/")
for file in "$dir"/run/bindfs.*.started; do gone 5 $(ours "$(basename "$file" .started)" "bindfs .*$dir/"); done
mountpoint -q "$dir/shared" && umount -l "$dir/shared"
rm -rf "$dir"
