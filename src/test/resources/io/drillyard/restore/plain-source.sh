# A database and a repository as somebody sets them up who never heard of Drillyard: PostgreSQL by
# initdb, pgBackRest with its own configuration and its defaults, a tablespace; no bundles, unless its
# second word is "bundled".
# Takes a full and an incremental backup; its first word being "twice", another full one after them.
# Leaves the repository in /srv/objects/ours, and beside it a server certificate with its CA.
set -eu
version=$(ls /usr/lib/postgresql | sort -n | tail -n 1)
bin=/usr/lib/postgresql/$version/bin
data=/var/lib/postgresql/$version/main
conf=/etc/pgbackrest/ours.conf
as() { setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"; }
back() { as pgbackrest --config=$conf --stanza=shop "$@"; }
ask() { as psql -XAtq -v ON_ERROR_STOP=1 -h /run/postgresql -p 5433 -d "$1" -c "$2"; }

cd /tmp
for folder in /var/lib/postgresql "/var/lib/postgresql/$version" /srv/space /srv/objects/ours \
              /var/log/pgbackrest /var/spool/pgbackrest /etc/pgbackrest /run/postgresql; do
  install -d -o postgres -g postgres "$folder"
done
cat > $conf <<X
[global]
repo1-path=/srv/objects/ours/backups/db1
repo1-retention-full=2
start-fast=y
log-level-console=warn

[shop]
pg1-path=$data
pg1-port=5433
pg1-socket-path=/run/postgresql
X
if [ "$2" = bundled ]; then sed -i '/^repo1-path/a repo1-bundle=y' $conf; fi
as $bin/initdb -k -D "$data" >/dev/null
cat >> "$data/postgresql.conf" <<X
port = 5433
listen_addresses = ''
unix_socket_directories = '/run/postgresql'
archive_mode = on
archive_command = 'pgbackrest --config=$conf --stanza=shop archive-push %p'
X
as $bin/pg_ctl -D "$data" -l /tmp/server.log -w start >/dev/null
back stanza-create
ask postgres "create tablespace space location '/srv/space'"
ask postgres 'create database shop'
ask shop 'create table visits (id bigint generated always as identity primary key, at timestamptz not null default clock_timestamp())'
ask shop 'create table heavy (n int primary key, t text) tablespace space'
ask shop "insert into heavy select n, repeat(md5(n::text), 20) from generate_series(1, 2000) n"
back backup --type=full
for part in 1 2 3; do
  ask shop 'insert into visits select from generate_series(1, 100)'
  ask postgres 'select pg_switch_wal()' >/dev/null
done
back backup --type=incr
for part in 1 2 3; do
  ask shop 'insert into visits select from generate_series(1, 100)'
  ask postgres 'select pg_switch_wal()' >/dev/null
done
if [ "$1" = twice ]; then back backup --type=full; fi
back check
as $bin/pg_ctl -D "$data" -m fast -w stop >/dev/null

cd /srv/objects
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj '/CN=Ours' \
  -keyout ca.key -out ca.crt 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj '/CN=s3.ours.test' \
  -keyout server.key -out server.csr 2>/dev/null
printf 'subjectAltName=DNS:s3.ours.test,DNS:localhost' > names
openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile names \
  -out server.crt 2>/dev/null
chmod -R a+rX /srv/objects
