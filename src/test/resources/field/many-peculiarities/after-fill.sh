# A backup is under way: so far there is the copy of its manifest.
set -eu
backups=$STORE/backups/db1/backup/shop
last=$(ls "$backups" | grep -E '^[0-9]' | sort | tail -n 1)
mkdir "$backups/20991231-010101F"
cp "$backups/$last/backup.manifest.copy" "$backups/20991231-010101F/backup.manifest.copy"
