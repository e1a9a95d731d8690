# Runs one command on the disk of a host without power: its files, and no network.
# Arguments: folder, image, then the command.
set -eu
dir=$1 image=$2; shift 2
root=$dir/merged
mount -t overlay -o "userxattr,lowerdir=$image,upperdir=$dir/root/upper,workdir=$dir/root/work" overlay "$root"
mount -t proc proc "$root/proc"
for tmp in run tmp dev; do mount -t tmpfs -o mode=755 tmpfs "$root/$tmp"; done
: > "$root/dev/null"; mount --bind /dev/null "$root/dev/null"
for volume in "$dir"/volumes/*; do
  [ -d "$volume" ] || continue
  target=$(cat "$volume.path"); mkdir -p "$root$target"; mount --bind "$volume" "$root$target"
done
exec chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin HOME=/root "$@"
