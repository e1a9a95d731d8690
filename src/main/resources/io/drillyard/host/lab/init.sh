# Process 1 of a lab. It ends with the program it runs, or with its launcher: the launcher holds the
# other end of standard input, and when that end closes, so does the lab, with everything in it.
# On the lifeline, "interrupt" asks the program to heal, collect and stop; "go" ends a stop by hand;
# "secret" and a word in base64 is for the program alone; "ask" and a word in base64 is a question to it.
set -u
umask 022
exec 3<&0 </dev/null
mount -t tmpfs -o mode=755 drillyard /run
mkdir -p /run/lab
ip link set lo up
echo 0 > /proc/sys/net/ipv4/ip_forward
# The harness has an address at every site: it must answer for each only there.
for knob in arp_ignore=1 arp_announce=2 rp_filter=0; do
  echo "${knob#*=}" > "/proc/sys/net/ipv4/conf/all/${knob%%=*}"
done
"$@" &
program=$!
(
  asked=0
  while read -r -u 3 line; do
    [ "$line" = interrupt ] && : > /run/lab/interrupt
    [ "$line" = go ] && : > /run/lab/go
    case $line in
      "secret "*) (umask 077; printf %s "${line#secret }" > /run/lab/secret.part; mv /run/lab/secret.part /run/lab/secret) ;;
      "ask "*)
        asked=$((asked + 1))
        printf %s "${line#ask }" > /run/lab/asked.part
        mv /run/lab/asked.part "/run/lab/asked.$asked"
        ;;
    esac
  done
) &
lifeline=$!
wait -n "$program" "$lifeline"
status=$?
if kill -0 "$program" 2>/dev/null; then exit 143; fi
exit "$status"
