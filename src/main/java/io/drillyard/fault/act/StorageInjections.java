package io.drillyard.fault.act;

import io.drillyard.fault.ProcessFault.Kind;
import io.drillyard.fault.StorageFault;
import io.drillyard.fault.StorageFault.Content;
import io.drillyard.fault.StorageFault.Volume;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import java.util.List;
import java.util.function.Function;

/** From faults of storage to what hosts are told. */
final class StorageInjections {
  private StorageInjections() {}

  static Injection of(String name, StorageFault fault, FaultTargetHosts parts) {
    String safe = ShellSnippets.safe(name);
    return switch (fault) {
      case StorageFault.DiskFull full ->
          each(parts.hosts(full.who()), h -> full(h, full.volume(), parts, safe));
      case StorageFault.PermissionLost lost ->
          each(parts.hosts(lost.who()), h -> permission(h, folder(lost.volume(), parts), safe));
      case StorageFault.MissingMount missing ->
          each(parts.hosts(missing.who()), h -> mount(h, mountPoint(missing.volume()), safe));
      case StorageFault.FlippedBit flipped ->
          each(parts.hosts(flipped.who()), h -> flip(h, flipped.content(), parts, safe));
      case StorageFault.SegmentLost lost ->
          each(parts.hosts(lost.who()), h -> segment(h, lost.deleted(), parts, safe));
      case StorageFault.DataDirectoryLost lost ->
          each(parts.hosts(lost.who()), h -> directory(h, parts));
    };
  }

  private static Injection each(List<Host> hosts, Function<Host, HostScript> act) {
    return new ShellInjection(hosts.stream().map(act).toList());
  }

  private static String folder(Volume volume, FaultTargetHosts parts) {
    return switch (volume) {
      case DATA -> parts.cluster().dataDirectory();
      case WAL ->
          parts.environment().storage().walApart()
              ? "/var/lib/pgwal"
              : parts.cluster().dataDirectory() + "/pg_wal";
      case ETCD -> "/var/lib/etcd";
      case SPOOL -> "/var/spool/pgbackrest";
    };
  }

  private static String mountPoint(Volume volume) {
    return switch (volume) {
      case DATA -> "/var/lib/postgresql";
      case WAL -> "/var/lib/pgwal";
      case ETCD -> "/var/lib/etcd";
      case SPOOL -> "/var/spool/pgbackrest";
    };
  }

  /**
   * To the last page: whole mebibytes first, then pages; dd fails when it is done. What fills it
   * lies at the volume's top, outside of what a member would wipe, copy or recycle. A member may
   * make room for itself (a data directory is removed, WAL is recycled); the fault is in force as
   * long as what filled the volume to its last page is there, all of it. An etcd that found no room
   * has ended, and nobody starts it again but the undo, as a supervisor would.
   */
  private static HostScript full(Host host, Volume volume, FaultTargetHosts parts, String safe) {
    String top = top(volume, parts);
    String restart =
        volume == Volume.ETCD
            ? "; [ -n \"$(%s)\" ] || %s"
                .formatted(ProcessIds.script(Kind.ETCD, parts), ProcessIds.start(Kind.ETCD))
            : "";
    return filled(parts, host, top, top + "/" + safe, restart);
  }

  /**
   * One file takes what room there is on a volume that has limits.
   *
   * @param top where the volume begins
   * @param file whose name no other fault uses
   * @param restart shell that goes on once it is removed; empty: nothing has to
   */
  static HostScript filled(
      FaultTargetHosts parts, Host host, String top, String file, String restart) {
    if (!parts.environment().storage().kind().equals("memory")) {
      throw new HostException("only memory storage has limits: no disk of it can be filled");
    }
    String kept = ShellSnippets.KEPT + file.substring(file.lastIndexOf('/'));
    String apply =
        "for bs in 1M 4k; do dd if=/dev/zero bs=$bs oflag=append conv=notrunc of=%s count=4194304 2>/dev/null || true; done"
            .formatted(file);
    String look =
        """
        a=$(df --output=avail -k %1$s | tail -n 1) || exit 2
        n=$(stat -c %%s %2$s 2>/dev/null) || n=0
        if [ "$a" -le 64 ]; then
          mkdir -p %3$s; [ "$n" -eq 0 ] || echo "$n" > %4$s
          echo "$a KiB are left"; exit 0
        fi
        echo "$a KiB are left, and $n bytes of what filled it"
        [ "$n" -gt 0 ] && [ "$n" = "$(cat %4$s 2>/dev/null)" ]
        """
            .formatted(top, file, ShellSnippets.KEPT, kept);
    return HostScript.lasting(
        host, apply, "rm -f " + file + " " + kept + restart, look, "the file system");
  }

  /** Where a volume begins; WAL that has none of its own lies on that of the data. */
  private static String top(Volume volume, FaultTargetHosts parts) {
    return mountPoint(
        volume == Volume.WAL && !parts.environment().storage().walApart() ? Volume.DATA : volume);
  }

  private static HostScript permission(Host host, String folder, String safe) {
    String kept = ShellSnippets.KEPT + "/" + safe;
    return HostScript.lasting(
        host,
        "mkdir -p %1$s; stat -c '%%a %%U:%%G' %2$s > %3$s; chown root:root %2$s; chmod 700 %2$s"
            .formatted(ShellSnippets.KEPT, folder, kept),
        "[ ! -s %2$s ] || { read -r mode owner < %2$s; chown \"$owner\" %1$s && chmod \"$mode\" %1$s && rm %2$s; }"
            .formatted(folder, kept),
        "setpriv --reuid=postgres --regid=postgres --clear-groups ls %s >/dev/null 2>&1 && { echo 'postgres may enter'; exit 1; }; echo 'postgres may not enter'"
            .formatted(folder),
        "the kernel");
  }

  private static HostScript mount(Host host, String at, String safe) {
    return HostScript.passing(
        host,
        "mount -t tmpfs -o size=64k,mode=755 %s %s".formatted(safe, at),
        "while grep -q '^%1$s %2$s ' /proc/mounts; do umount %2$s || umount -l %2$s; done"
            .formatted(safe, at),
        "grep -q '^%1$s %2$s ' /proc/mounts && [ -z \"$(ls -A %2$s)\" ] || { echo 'the volume is there'; exit 1; }; echo 'the mount point is empty'"
            .formatted(safe, at),
        "the kernel's mounts");
  }

  /** Shell that sets file and offset. */
  private static String place(Content content, FaultTargetHosts parts) {
    String directory = parts.cluster().dataDirectory();
    return switch (content) {
      case HEAP_PAGE -> relation(parts, "drillyard.writes");
      case INDEX_PAGE -> relation(parts, "drillyard.writes_pkey");
      case WAL_SEGMENT ->
          "file=$(ls %s/pg_wal/????????????????????????  | head -n 1); offset=1000003"
              .formatted(directory);
    };
  }

  private static String relation(FaultTargetHosts parts, String name) {
    return "file=%s/$(%s); offset=4001"
        .formatted(
            parts.cluster().dataDirectory(),
            ShellSnippets.psql(parts.database(), "select pg_relation_filepath('" + name + "')"));
  }

  private static HostScript flip(Host host, Content content, FaultTargetHosts parts, String safe) {
    String kept = ShellSnippets.KEPT + "/" + safe;
    String read = "$(od -An -tu1 -j \"$offset\" -N 1 \"$file\" | tr -d ' ')";
    String write =
        "printf \"\\\\x$(printf %%02x %s)\" | dd of=\"$file\" bs=1 seek=\"$offset\" conv=notrunc 2>/dev/null";
    String apply =
        "mkdir -p %1$s\n%2$s\n[ -f \"$file\" ]; byte=%3$s; echo \"$file $offset $byte\" > %4$s\n"
                .formatted(ShellSnippets.KEPT, place(content, parts), read, kept)
            + write.formatted("$(( byte ^ 1 ))");
    String undo =
        """
        [ -s %1$s ] || exit 0
        read -r file offset byte < %1$s
        if [ -f "$file" ] && [ "%2$s" = "$(( byte ^ 1 ))" ]; then %3$s; fi
        rm %1$s
        """
            .formatted(kept, read, write.formatted("$byte"));
    String look =
        """
        [ -s %1$s ] || { echo 'nothing was flipped'; exit 1; }
        read -r file offset byte < %1$s
        [ -f "$file" ] || { echo "$file is no more"; exit 1; }
        echo "byte $offset of $file is %2$s, it was $byte"
        [ "%2$s" = "$(( byte ^ 1 ))" ]
        """
            .formatted(kept, read);
    return HostScript.lasting(host, apply, undo, look, "the file's bytes");
  }

  private static HostScript segment(
      Host host, boolean deleted, FaultTargetHosts parts, String safe) {
    String kept = ShellSnippets.KEPT + "/" + safe;
    String folder = parts.cluster().dataDirectory() + "/pg_wal";
    String apply =
        """
        mkdir -p %1$s
        file=$(ls %2$s/???????????????????????? | head -n 1); [ -f "$file" ]
        cp -p "$file" %3$s.copy; echo "$file" > %3$s
        """
                .formatted(ShellSnippets.KEPT, folder, kept)
            + (deleted
                ? "rm \"$file\""
                : "truncate -s $(( $(stat -c %s \"$file\") / 2 )) \"$file\"");
    String undo =
        """
        [ -s %1$s ] || exit 0
        file=$(cat %1$s)
        if [ ! -f "$file" ] || [ $(stat -c %%s "$file") -lt $(stat -c %%s %1$s.copy) ]; then cp -p %1$s.copy "$file"; fi
        rm -f %1$s %1$s.copy
        """
            .formatted(kept);
    String look =
        """
        [ -s %1$s ] || { echo 'no segment was hurt'; exit 1; }
        file=$(cat %1$s)
        [ -f "$file" ] || { echo "$file is not there"; exit 0; }
        echo "$file has $(stat -c %%s "$file") bytes"
        [ $(stat -c %%s "$file") -lt $(stat -c %%s %1$s.copy) ]
        """
            .formatted(kept);
    return HostScript.lasting(host, apply, undo, look, "the directory");
  }

  private static HostScript directory(Host host, FaultTargetHosts parts) {
    String folder = parts.cluster().dataDirectory();
    String kept = ShellSnippets.KEPT + "/inode";
    return HostScript.lasting(
        host,
        "mkdir -p %1$s; stat -c %%i %2$s/PG_VERSION > %3$s; find %2$s -mindepth 1 -delete"
            .formatted(ShellSnippets.KEPT, folder, kept),
        "",
        "now=$(stat -c %%i %1$s/PG_VERSION 2>/dev/null); [ \"$now\" != \"$(cat %2$s)\" ] || { echo 'the files of before are there'; exit 1; }; echo \"PG_VERSION: ${now:-not there}\""
            .formatted(folder, kept),
        "the directory");
  }
}
