# A source with another glibc: its database says that its collation is of version 2.19, and an index is
# in an order that this glibc would not make.
# Leaves the repository in /srv/objects/ours, and beside it a server certificate with its CA.
set -eu
version=$(ls /usr/lib/postgresql | sort -n | tail -n 1)
bin=/usr/lib/postgresql/$version/bin
data=/var/lib/postgresql/$version/main
conf=/etc/pgbackrest/ours.conf
as() { setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"; }
back() { as pgbackrest --config=$conf --stanza=shop "$@"; }
ask() { as psql -XAtq -v ON_ERROR_STOP=1 -h /run/postgresql -d "$1" -f - ; }

cd /tmp
# The order of another release: that of the codes.
localedef -i C -f UTF-8 de_DE.UTF-8 2>/dev/null || true
for folder in /var/lib/postgresql "/var/lib/postgresql/$version" /srv/objects/ours \
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
pg1-socket-path=/run/postgresql
X
as $bin/initdb --locale=de_DE.UTF-8 -D "$data" >/dev/null
cat >> "$data/postgresql.conf" <<X
listen_addresses = ''
unix_socket_directories = '/run/postgresql'
archive_mode = on
archive_command = 'pgbackrest --config=$conf --stanza=shop archive-push %p'
X
as $bin/pg_ctl -D "$data" -l /tmp/server.log -w start >/dev/null
back stanza-create
echo 'create database shop' | ask postgres
ask shop <<'X'
create table names (name text);
insert into names select case when n % 2 = 0 then 'Name ' else 'name ' end || n from generate_series(1, 2000) n;
create index on names (name);
update pg_catalog.pg_database set datcollversion = '2.19' where datname = 'shop';
X
back backup --type=full
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
