# Runs in a private mount namespace, before the lab's namespaces exist. Shows the lab what it needs
# under /mnt, so that folders below a closed home can be read there, and nothing else changes place.
# Arguments: identity (root|user), then NAME=PATH pairs, then --, then the init script and its arguments.
set -eu
identity=$1; shift
mount -t tmpfs -o mode=755,size=1m drillyard /mnt
while [ "$1" != -- ]; do
  name=${1%%=*}; path=${1#*=}; shift
  if [ -d "$path" ]; then mkdir "/mnt/$name"; else : > "/mnt/$name"; fi
  mount --bind "$path" "/mnt/$name"
done
shift
cd /
spaces="--fork --pid --kill-child --net --mount --uts --ipc --mount-proc"
if [ "$identity" = root ]; then
  # The lab's user 0 is the machine's user 300000: no file, device or setting of the machine is its own.
  exec unshare --user --map-users=300000,0,65536 --map-groups=300000,0,65536 \
    --setuid 0 --setgid 0 $spaces -- bash -c "$@"
fi
exec unshare $spaces -- bash -c "$@"
