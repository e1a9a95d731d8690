package io.drillyard.play;

import io.drillyard.declaration.ClusterPlan;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.HistoryUnread;
import io.drillyard.ledger.Ledger;
import io.drillyard.probe.TimelineHistoryReader;
import io.drillyard.repository.Repository;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The timeline histories that pgBackRest holds in an archive, with the system that they are of. */
final class ArchivedHistories {
  private static final Pattern HISTORY =
      Pattern.compile(".*/[^/]*-([0-9]+)/([0-9A-F]{8})\\.history(-.*)?");

  /** A line of archive.info: the number that an archive's folder ends with, and the system. */
  private static final Pattern SYSTEM =
      Pattern.compile("(?m)^([0-9]+)=\\{[^}\\n]*\"db-id\":([0-9]+)");

  private ArchivedHistories() {}

  /**
   * Puts every archived history of a cluster on the ledger. One that is there and cannot be read is
   * told as such: it could be of a second history.
   *
   * @param which said after each name, where there are several repositories
   */
  static void read(Ledger ledger, Repository repository, ClusterPlan plan, String which) {
    String folder = plan.repositoryPath().replaceFirst("^/", "") + "/archive/" + plan.scope() + "/";
    List<String> keys = repository.list(folder);
    Map<String, String> systems = Map.of();
    for (String key : keys) {
      Matcher history = HISTORY.matcher(key);
      if (!history.matches()) {
        continue;
      }
      if (systems.isEmpty()) {
        systems = systems(repository, folder);
      }
      int timeline = Integer.parseUnsignedInt(history.group(2), 16);
      long start = ledger.now();
      try {
        String text = new String(repository.read(key), StandardCharsets.UTF_8);
        ledger.append(
            new Event.HistorySeen(
                ledger.since(start),
                "repository",
                key + which,
                systems.getOrDefault(history.group(1), ""),
                timeline,
                TimelineHistoryReader.whole(timeline, text)));
      } catch (RuntimeException e) {
        ledger.append(
            new HistoryUnread(
                ledger.since(start),
                "repository",
                key + which,
                timeline,
                String.valueOf(e.getMessage())));
      }
    }
  }

  /** The system of each archive folder; none where the information cannot be read. */
  private static Map<String, String> systems(Repository repository, String folder) {
    Map<String, String> systems = new HashMap<>();
    try {
      String text = new String(repository.read(folder + "archive.info"), StandardCharsets.UTF_8);
      systems.putAll(systems(text));
    } catch (RuntimeException e) {
      // The judge takes the cluster's own system then, if all its members share one.
    }
    return systems;
  }

  /** What archive.info tells, by the number that a folder ends with. */
  static Map<String, String> systems(String information) {
    Map<String, String> systems = new HashMap<>();
    Matcher line = SYSTEM.matcher(information);
    while (line.find()) {
      systems.put(line.group(1), line.group(2));
    }
    return systems;
  }
}
