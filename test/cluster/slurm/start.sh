#!/usr/bin/env bash
# Starts a Slurm of its own in one folder: munged, slurmctld and one slurmd for each node. Nothing outside the folder is
# touched, and several can run beside one another on different ports.
#
#   start.sh FOLDER NODES PORT
#   export SLURM_CONF=FOLDER/slurm.conf      # all that a client needs
#   stop.sh FOLDER
#
#   SLURM_TEST_CPUS         of each node (default: 1)
#   SLURM_TEST_MEMORY       of each node, in MB (default: 8000)
#   SLURM_TEST_MIN_JOB_AGE  seconds after which a finished job is forgotten (default: 600)
#   SLURM_TEST_KILL_WAIT    seconds from TERM to KILL (default: 20)
#   SLURM_TEST_STALE        seconds for which each node and the login believe what they saw of FOLDER/shared. Each then has a
#                           mount of its own, without common locks: as bad as a network file system may be. Needs bindfs, root.
#
# Needs: apt-get install -y --no-install-recommends slurmctld slurmd slurm-client munge [bindfs]
set -euo pipefail
dir="$(mkdir -p "$1" && cd "$1" && pwd)"
nodes="$2"
port="$3"
here="$(cd "$(dirname "$0")" && pwd)"
stale="${SLURM_TEST_STALE:-}"
mkdir -p "$dir"/{state,log,run,munge,shared}
chmod 755 "$dir" "$dir/run"
chmod 700 "$dir/munge"

sed -e "s|@DIR@|$dir|g" -e "s|@USER@|$(id -un)|g" -e "s|@HOST@|$(hostname -s)|g" -e "s|@PORT@|$port|g" \
  -e "s|@KILL_WAIT@|${SLURM_TEST_KILL_WAIT:-20}|" -e "s|@MIN_JOB_AGE@|${SLURM_TEST_MIN_JOB_AGE:-600}|" \
  "$here/slurm.conf.in" > "$dir/slurm.conf"
for ((i = 1; i <= nodes; i++)); do
  echo "NodeName=n$i NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=$((port + i))" \
    "CPUs=${SLURM_TEST_CPUS:-1} RealMemory=${SLURM_TEST_MEMORY:-8000} State=UNKNOWN"
done >> "$dir/slurm.conf"
cat >> "$dir/slurm.conf" <<'END'
PartitionName=low  Nodes=ALL Default=YES PriorityTier=1  PreemptMode=requeue GraceTime=0 MaxTime=INFINITE DefaultTime=10 State=UP
PartitionName=high Nodes=ALL Default=NO  PriorityTier=10 PreemptMode=off MaxTime=INFINITE DefaultTime=10 State=UP
END
export SLURM_CONF="$dir/slurm.conf"

# started NAME COMMAND…: in the background, its number kept for stop.sh.
started() {
  local name="$1"
  shift
  "$@" > "$dir/log/$name.out" 2>&1 < /dev/null &
  echo $! > "$dir/run/$name.started"
}

# Mounts FOLDER/real at FOLDER/shared, in the mount namespace of whoever calls.
cat > "$dir/mount.sh" <<END
bindfs -f -o attr_timeout=${stale:-0},entry_timeout=${stale:-0},negative_timeout=${stale:-0} "$dir/real" "$dir/shared" &
echo \$! > "$dir/run/bindfs.\$1.started"
for ((i = 0; i < 100; i++)); do mountpoint -q "$dir/shared" && break; sleep 0.05; done
END
if [ -n "$stale" ]; then
  mkdir -p "$dir/real"
  bash "$dir/mount.sh" login > "$dir/log/bindfs.login.out" 2>&1 < /dev/null
fi

[ -e "$dir/munge/munge.key" ] || (umask 077 && head -c 128 /dev/urandom > "$dir/munge/munge.key")
started munged /usr/sbin/munged --force --foreground --key-file="$dir/munge/munge.key" --socket="$dir/run/munge.sock" \
  --pid-file="$dir/munge/munged.pid" --log-file="$dir/munge/munged.log" --seed-file="$dir/munge/munge.seed" --num-threads=2
for ((i = 0; i < 100; i++)); do [ -S "$dir/run/munge.sock" ] && break; sleep 0.05; done
started slurmctld /usr/sbin/slurmctld -D -i
for ((i = 1; i <= nodes; i++)); do
  mkdir -p "$dir/spool/n$i"
  if [ -n "$stale" ]; then
    started "slurmd.n$i" unshare --mount --propagation private \
      bash -c "umount '$dir/shared'; . '$dir/mount.sh' n$i; exec /usr/sbin/slurmd -D -N n$i"
  else
    started "slurmd.n$i" /usr/sbin/slurmd -D -N "n$i"
  fi
done
for ((i = 0; i < 200; i++)); do
  idle="$(sinfo -h -p low -N -o '%T' 2> /dev/null | grep -c '^idle$' || true)"
  [ "$idle" = "$nodes" ] && exit 0
  sleep 0.1
done
tail -n 20 "$dir"/log/* >&2
exit 1
