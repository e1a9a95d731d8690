# Process 1 of a host: waits until its links are there, mounts its disk, becomes a tiny init.
# Arguments: name, folder, image, address/prefix (or -), gateway (or -), management address/prefix (or -),
# boot (normal or maintenance).
set -eu
name=$1 dir=$2 image=$3 address=$4 gateway=$5 management=$6 boot=$7
read -r outer _ < /proc/self/stat
echo "pid $outer"
read -r go
[ "$go" = go ]
hostname "$name"
ip link set lo up
# The inventory knows no IPv6: its link-local addresses would be a way around every cut.
for knob in /proc/sys/net/ipv6/conf/*/disable_ipv6; do
  [ -e "$knob" ] && [ "$knob" != /proc/sys/net/ipv6/conf/lo/disable_ipv6 ] && echo 1 > "$knob"
done
if [ "$address" != - ]; then
  ip addr add "$address" dev eth0; ip link set eth0 up
  ip route add default via "$gateway"
fi
if [ "$management" != - ]; then
  ip addr add "$management" dev management; ip link set management up
  # Linux answers for every address on every link. A management address answers on its own link only:
  # neither does a packet for it come in by another, nor one from there (rp_filter).
  echo 1 > /proc/sys/net/ipv4/conf/all/rp_filter
  ip rule add pref 2 lookup local
  ip rule add pref 1 iif eth0 to "${management%.*}.0/24" blackhole
  ip rule del pref 0
fi
root=$dir/merged
mount -t overlay -o "userxattr,lowerdir=$image,upperdir=$dir/root/upper,workdir=$dir/root/work" overlay "$root"
mount -t proc proc "$root/proc"
for tmp in run tmp dev; do mount -t tmpfs -o mode=755 tmpfs "$root/$tmp"; done
chmod 1777 "$root/tmp"
mkdir -m 1777 "$root/dev/shm"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
for device in null zero full random urandom; do
  : > "$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s /proc/self/fd "$root/dev/fd"
ln -s /proc/self/fd/0 "$root/dev/stdin"; ln -s /proc/self/fd/1 "$root/dev/stdout"; ln -s /proc/self/fd/2 "$root/dev/stderr"
mkdir -p "$root/run/postgresql"; chown 0:0 "$root/run/postgresql"; chmod 1777 "$root/run/postgresql"
for volume in "$dir"/volumes/*; do
  [ -d "$volume" ] || continue
  target=$(cat "$volume.path"); mkdir -p "$root$target"; mount --bind "$volume" "$root$target"
done
for servers in /mnt/servers*; do
  at=$root/opt/${servers#/mnt/}; mkdir -p "$at"; mount --bind "$servers" "$at"
done
# It says that it is up when its root is the host's: whoever enters before that is in the lab's.
exec chroot "$root" /bin/sh -c 'echo up; exec /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin \
    HOME=/root DRILLYARD_HOST="$1" /usr/bin/tini -- sh -c '\''[ "$1" = normal ] && [ -x /etc/drillyard/boot ] && /etc/drillyard/boot; exec sleep infinity'\'' boot "$2" \
    </dev/null >/dev/null 2>&1' init "$name" "$boot"
