package io.drillyard.fault.act;

import io.drillyard.cluster.Etcd;
import io.drillyard.host.Command;
import io.drillyard.host.HostException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Shell lines that several faults are made of. */
final class ShellSnippets {
  /** Where a fault keeps on a host what it needs for its undo; it survives a power cut. */
  static final String KEPT = "/var/lib/drillyard";

  private ShellSnippets() {}

  /** A script of this package. */
  static String text(String name) {
    try (InputStream in = ShellSnippets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new HostException("the script " + name + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A fault's name as part of a name in shell, nftables or SQL. */
  static String safe(String name) {
    return "drillyard_" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
  }

  /** psql as the superuser over the host's own socket; what it prints has no decoration. */
  static String psql(String database, String sql) {
    return "setpriv --reuid=postgres --regid=postgres --clear-groups"
        + " psql -X -h /run/postgresql -d "
        + database
        + " -v ON_ERROR_STOP=1 -Atqc "
        + Command.quoted(sql);
  }

  /** etcdctl against the host's own member. */
  static String etcdctl(String words) {
    return Etcd.ctl("3s") + words;
  }

  /** A change of Patroni's dynamic configuration, asked of the host's own Patroni. */
  static String patch(String json) {
    return "curl -sf -m5 -XPATCH -d "
        + Command.quoted(json)
        + " http://127.0.0.1:8008/config >/dev/null";
  }
}
