# A database with many habits that Drillyard's own do not have: a locale of its own, no page checksums,
# WAL segments of 1 MB, a superuser called boss, limits set for a database, an event trigger that wants
# its library, a delay of replay, configuration from a folder that is in no backup, a file with quotation
# marks, an unlogged table, a tablespace that was made after the backup, files kept as blocks.
# Leaves the repository in /srv/objects/ours, and beside it a server certificate with its CA.
set -eu
version=$(ls /usr/lib/postgresql | sort -n | tail -n 1)
bin=/usr/lib/postgresql/$version/bin
data=/var/lib/postgresql/$version/main
conf=/etc/pgbackrest/ours.conf
as() { setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"; }
back() { as pgbackrest --config=$conf --stanza=shop "$@"; }
ask() { as psql -U boss -XAtq -v ON_ERROR_STOP=1 -h /run/postgresql -p 5433 -d "$1" -c "$2"; }

cd /tmp
localedef -i en_US -f UTF-8 en_US.UTF-8
for folder in /var/lib/postgresql "/var/lib/postgresql/$version" /srv/late /srv/objects/ours \
              /var/log/pgbackrest /var/spool/pgbackrest /etc/pgbackrest /etc/shop.d /run/postgresql; do
  install -d -o postgres -g postgres "$folder"
done
cat > $conf <<X
[global]
repo1-path=/srv/objects/ours/backups/db1
repo1-retention-full=2
repo1-bundle=y
repo1-block=y
start-fast=y
log-level-console=warn

[shop]
pg1-path=$data
pg1-port=5433
pg1-user=boss
pg1-socket-path=/run/postgresql
X
as $bin/initdb -U boss --locale=en_US.UTF-8 --wal-segsize=1 --no-data-checksums -D "$data" >/dev/null 2>&1 \
  || as $bin/initdb -U boss --locale=en_US.UTF-8 --wal-segsize=1 -D "$data" >/dev/null
cat >> "$data/postgresql.conf" <<X
port = 5433
listen_addresses = ''
unix_socket_directories = '/run/postgresql'
archive_mode = on
archive_command = 'pgbackrest --config=$conf --stanza=shop archive-push %p'
recovery_min_apply_delay = '1h'
include_dir = '/etc/shop.d'
X
as touch "$data/notes of \"boss\".txt"
as $bin/pg_ctl -D "$data" -l /tmp/server.log -o "-c guard.loaded=yes" -w start >/dev/null
back stanza-create
ask postgres 'create database shop'
ask shop 'create table visits (id bigint generated always as identity primary key, at timestamptz not null default clock_timestamp())'
ask shop "create table heavy as select n, repeat(md5(n::text), 20) t from generate_series(1, 30000) n"
ask shop 'create unlogged table scratch (n int)'
as tee /tmp/guard.sql >/dev/null <<'X'
create function guard() returns event_trigger language plpgsql as $$
begin
  if coalesce(current_setting('guard.loaded', true), '') <> 'yes' then
    raise exception 'guard has to be preloaded';
  end if;
end $$;
create event trigger guard on ddl_command_end execute function guard();
X
as psql -U boss -XAtq -v ON_ERROR_STOP=1 -h /run/postgresql -p 5433 -d shop -f /tmp/guard.sql
ask postgres "alter database shop set statement_timeout = '50ms'"
ask postgres "alter role boss set lock_timeout = '10ms'"
back backup --type=full
for part in 1 2 3; do
  ask shop 'insert into visits select from generate_series(1, 100)'
  ask postgres 'select pg_switch_wal()' >/dev/null
done
ask postgres "create tablespace late location '/srv/late'"
ask shop 'create table late (n int) tablespace late'
ask shop 'insert into late values (1)'
ask postgres 'select pg_switch_wal()' >/dev/null
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
