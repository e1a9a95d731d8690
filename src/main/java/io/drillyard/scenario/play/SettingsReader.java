package io.drillyard.scenario.play;

import io.drillyard.cluster.Cluster;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import io.drillyard.target.Environment;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads back what is in effect beside what was asked for. */
public final class SettingsReader {
  private static final JsonMapper JSON = new JsonMapper();

  /** Read everywhere, because they decide what a drill proves. */
  private static final List<String> ALWAYS =
      List.of(
          "fsync",
          "full_page_writes",
          "synchronous_commit",
          "synchronous_standby_names",
          "data_checksums",
          "archive_mode",
          "archive_timeout",
          "wal_segment_size",
          "max_wal_size");

  private SettingsReader() {}

  /** Everything that differs from what was asked, in words; the readings go to the ledger. */
  static List<String> read(SystemUnderTest system, Ledger ledger) {
    List<String> adjusted = new ArrayList<>();
    Cluster cluster = system.primary();
    for (Host member : cluster.members()) {
      try (Connection connection = cluster.connect(member, "postgres")) {
        parameters(cluster, member, connection, ledger, adjusted);
      } catch (SQLException e) {
        throw new HostException(member.name() + ": its settings could not be read", e);
      }
    }
    dynamic(cluster, ledger, adjusted);
    for (Host member : cluster.members()) {
      String said =
          member
              .attempt(
                  Command.sh(
                      "grep -h -i -E 'violated the rule|adjusting|invalid value' /var/log/50-patroni.log | tail -n 3"))
              .stdout();
      said.lines().forEach(line -> adjusted.add(member.name() + " (Patroni's log): " + line));
    }
    adjusted.forEach(a -> ledger.note("warning", "adjusted: " + a));
    return adjusted;
  }

  private static void parameters(
      Cluster cluster, Host member, Connection connection, Ledger ledger, List<String> adjusted)
      throws SQLException {
    Set<String> names = new LinkedHashSet<>(cluster.plan().parameters().keySet());
    names.addAll(ALWAYS);
    for (String name : names) {
      long start = ledger.now();
      String asked = cluster.plan().parameters().get(name);
      try (var show = connection.createStatement();
          ResultSet row = show.executeQuery("SHOW " + name)) {
        row.next();
        String effective = String.valueOf(row.getString(1));
        ledger.append(
            new Event.SettingSeen(ledger.since(start), member.name(), name, asked, effective));
        if (asked != null && !same(asked, effective)) {
          adjusted.add(
              member.name() + ": " + name + " asked " + asked + ", in effect " + effective);
        }
      }
    }
  }

  private static boolean same(String asked, String effective) {
    return plain(asked).equals(plain(effective));
  }

  /** One spelling: YAML, Patroni and PostgreSQL each have a word of their own for yes. */
  private static String plain(String value) {
    String word = value.replace("'", "").strip().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "true", "yes", "1" -> "on";
      case "false", "no", "0" -> "off";
      default -> word;
    };
  }

  private static void dynamic(Cluster cluster, Ledger ledger, List<String> adjusted) {
    long start = ledger.now();
    String config = cluster.etcd().get("/service/" + cluster.scope() + "/config");
    JsonNode effective = JSON.readTree(config == null ? "{}" : config);
    Map<String, Object> asked = new LinkedHashMap<>(cluster.plan().patroni());
    asked.forEach(
        (key, value) -> {
          String now =
              effective.path(key).isMissingNode() ? "absent" : effective.path(key).asString("");
          if (effective.path(key).isContainer()) {
            now = effective.path(key).toString();
          }
          ledger.append(
              new Event.SettingSeen(
                  ledger.since(start), cluster.scope(), key, String.valueOf(value), now));
          if (!same(String.valueOf(value), now) && !effective.path(key).isContainer()) {
            adjusted.add(cluster.scope() + ": " + key + " asked " + value + ", in effect " + now);
          }
        });
  }

  /** Declared settings that dominate the figures, for the report. */
  public static Map<String, String> declared(Environment environment) {
    Map<String, String> settings = new LinkedHashMap<>();
    environment
        .primary()
        .patroni()
        .forEach((k, v) -> settings.put("patroni." + k, String.valueOf(v)));
    environment.primary().parameters().forEach((k, v) -> settings.put("postgresql." + k, v));
    Environment.Route route = environment.route();
    settings.put("client.route", route.kind());
    settings.put("client.connect_timeout", route.connectTimeout().toMillis() + " ms");
    settings.put("client.socket_timeout", route.socketTimeout().toMillis() + " ms");
    if (route.kind().equals("haproxy")) {
      settings.put("haproxy.check_interval", route.checkInterval().toMillis() + " ms");
      settings.put("haproxy.check_fall", Integer.toString(route.checkFall()));
      settings.put("haproxy.check_rise", Integer.toString(route.checkRise()));
    } else {
      settings.put("client.host_recheck", route.hostRecheck().toMillis() + " ms");
    }
    Environment.Load load = environment.load();
    settings.put("load.routed_per_second", Double.toString(load.routedPerSecond()));
    settings.put("load.pinned_per_second", Double.toString(load.pinnedPerSecond()));
    settings.put("load.connections", Integer.toString(load.connections()));
    settings.put("load.give_up", load.giveUp().toMillis() + " ms");
    settings.put("load.outage_threshold", load.outageThreshold().toMillis() + " ms");
    return settings;
  }
}
