# A database that lets hardly anybody in: the bootstrap superuser may not log in, one database allows no
# connections, one is left of an interrupted DROP, prepared transactions hold tables locked, an event
# trigger that always fires refuses CREATE EXTENSION, the search path shadows the catalogue, broken pages
# are to be read as empty ones, sessions and transactions end by time, memory is more than a lab has,
# messages are verbose, 2,000 tables, timelines up to 12 (hexadecimal).
# Leaves the repository in /srv/objects/ours, and beside it a server certificate with its CA.
set -eu
version=$(ls /usr/lib/postgresql | sort -n | tail -n 1)
bin=/usr/lib/postgresql/$version/bin
data=/var/lib/postgresql/$version/main
conf=/etc/pgbackrest/ours.conf
as() { setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"; }
back() { as pgbackrest --config=$conf --stanza=shop "$@"; }
ask() { as psql -U tool -XAtq -v ON_ERROR_STOP=1 -h /run/postgresql -d "$1" -f - ; }

cd /tmp
for folder in /var/lib/postgresql "/var/lib/postgresql/$version" /srv/objects/ours \
              /var/log/pgbackrest /var/spool/pgbackrest /etc/pgbackrest /run/postgresql; do
  install -d -o postgres -g postgres "$folder"
done
cat > $conf <<X
[global]
repo1-path=/srv/objects/ours/backups/db1
repo1-retention-full=2
repo1-bundle=y
start-fast=y
log-level-console=warn

[shop]
pg1-path=$data
pg1-user=tool
pg1-socket-path=/run/postgresql
X
as $bin/initdb -U keeper --no-locale -E UTF8 -D "$data" >/dev/null
cat >> "$data/postgresql.conf" <<X
listen_addresses = ''
unix_socket_directories = '/run/postgresql'
archive_mode = on
archive_command = 'pgbackrest --config=$conf --stanza=shop archive-push %p'
max_prepared_transactions = 7
log_error_verbosity = verbose
log_min_messages = error
zero_damaged_pages = on
max_connections = 30
X
server() { as $bin/pg_ctl -D "$data" -l /tmp/server.log -w "$@" >/dev/null; }
server start
as psql -U keeper -XAtq -h /run/postgresql -d postgres -c 'create role tool superuser login'
back stanza-create
# Every promotion begins a timeline of its own.
for n in 2 3 4 5 6 7 8 9 10 11 12; do
  server -m fast stop
  as touch "$data/recovery.signal"
  as tee -a "$data/postgresql.auto.conf" >/dev/null <<X
restore_command = 'pgbackrest --config=$conf --stanza=shop archive-get %f %p'
X
  server start
  for i in $(seq 1 50); do
    [ "$(echo 'select pg_is_in_recovery()' | ask postgres)" = f ] && break
    sleep 0.1
  done
done
ask postgres <<'X'
create database "shop=main's";
create database old;
create database half;
X
ask "dbname='shop=main\'s'" <<'X'
create schema app;
create table app.visits (id bigint generated always as identity primary key, at timestamptz not null default clock_timestamp());
create table app.pg_database (datname text);
create table app.pg_index (indexrelid oid);
create table app.stock (n int primary key, name text);
insert into app.stock select n, 'part ' || n from generate_series(1, 1000) n;
select format('create table app.part_%s (n int primary key)', n) from generate_series(1, 2000) n \gexec
X
ask old <<'X'
create table kept as select n from generate_series(1, 40) n;
X
ask postgres <<'X'
alter database "shop=main's" set search_path = app, pg_catalog, public;
alter database "shop=main's" set idle_session_timeout = '100ms';
alter database "shop=main's" set zero_damaged_pages = on;
alter database old with allow_connections false;
X
back backup --type=full
for part in 1 2 3; do
  echo 'insert into app.visits select from generate_series(1, 100)' | ask "dbname='shop=main\'s'"
  echo 'select pg_switch_wal()' | ask postgres >/dev/null
done
ask "dbname='shop=main\'s'" <<'X'
begin; update app.stock set name = 'altered' where n = 1; prepare transaction 'order of yesterday';
begin; lock table app.visits in access exclusive mode; prepare transaction 'lock of visits';
create function app.guard() returns event_trigger language plpgsql as $$ begin raise exception 'no changes here'; end $$;
create event trigger guard on ddl_command_start execute function app.guard();
alter event trigger guard enable always;
X
ask postgres <<'X'
begin; create table public.undecided (n int); prepare transaction 'undecided';
update pg_catalog.pg_database set datconnlimit = -2 where datname = 'half';
alter role keeper nologin;
alter role keeper set role = 'pg_monitor';
alter system set shared_buffers = '64GB';
alter system set huge_pages = on;
alter system set recovery_target_inclusive = off;
select pg_switch_wal();
X
back backup --type=incr
echo 'select pg_switch_wal()' | ask postgres >/dev/null
back check
server -m fast stop

cd /srv/objects
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj '/CN=Ours' \
  -keyout ca.key -out ca.crt 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj '/CN=s3.ours.test' \
  -keyout server.key -out server.csr 2>/dev/null
printf 'subjectAltName=DNS:s3.ours.test,DNS:localhost' > names
openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile names \
  -out server.crt 2>/dev/null
chmod -R a+rX /srv/objects
