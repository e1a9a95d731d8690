package io.drillyard.sabotage;

import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;

import io.drillyard.check.ArchiveIsContinuous;
import io.drillyard.check.BackupsKept;
import io.drillyard.ledger.BackupsSeen;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.RepositoryListed;
import io.drillyard.ledger.WalSwitched;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Backups that went during a drill, and listings that do not show it. */
final class StoreSabotages {
  private StoreSabotages() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "backup gone",
            "an object of the first listing is not in the last one",
            BackupsKept.NAME,
            MISSED,
            StoreSabotages::listed,
            c -> last(c, (objects, key) -> objects.remove(key))),
        new Sabotage(
            "backup altered",
            "an object has the size that it had and another content",
            BackupsKept.NAME,
            MISSED,
            StoreSabotages::listed,
            c -> last(c, (objects, key) -> objects.put(key, objects.get(key) + " anew"))),
        new Sabotage(
            "repository not listed again",
            "nobody looked whether backups went",
            BackupsKept.NAME,
            UNDETERMINED,
            StoreSabotages::listed,
            c -> Edits.without(c.events(), e -> e.equals(of(c).getLast()))),
        new Sabotage(
            "listed too late",
            "the first listing is of after the fault",
            BackupsKept.NAME,
            UNDETERMINED,
            StoreSabotages::listed,
            c -> Edits.without(c.events(), e -> e.equals(of(c).getFirst()))),
        new Sabotage(
            "segment never archived",
            "the first segment that the oldest backup needs is in no listing",
            ArchiveIsContinuous.NAME,
            MISSED,
            StoreSabotages::ended,
            StoreSabotages::withoutItsFirstSegment),
        new Sabotage(
            "last segment not ended",
            "nobody told the serving leader to end its segment",
            ArchiveIsContinuous.NAME,
            UNDETERMINED,
            StoreSabotages::ended,
            c -> Edits.without(c.events(), WalSwitched.class::isInstance)));
  }

  private static boolean ended(Clean clean) {
    return !clean.of(WalSwitched.class).isEmpty();
  }

  private static List<Event> withoutItsFirstSegment(Clean clean) {
    String segment = clean.of(BackupsSeen.class).getFirst().backups().getFirst().startWal();
    return Edits.each(
        clean.events(),
        RepositoryListed.class,
        l -> {
          Map<String, String> objects = new HashMap<>(l.objects());
          objects.keySet().removeIf(key -> key.contains("/" + segment + "-"));
          return new RepositoryListed(l.at(), l.repository(), objects);
        });
  }

  private static boolean listed(Clean clean) {
    return !of(clean).isEmpty();
  }

  /** What is done to one object of a listing. */
  private interface Change {
    void to(Map<String, String> objects, String key);
  }

  private static List<RepositoryListed> of(Clean clean) {
    return clean.of(RepositoryListed.class);
  }

  private static List<Event> last(Clean clean, Change change) {
    RepositoryListed last = of(clean).getLast();
    Map<String, String> objects = new HashMap<>(last.objects());
    change.to(
        objects,
        objects.keySet().stream()
            .filter(k -> !k.contains(".info"))
            .sorted()
            .findFirst()
            .orElseThrow());
    return Edits.swap(
        clean.events(), last, new RepositoryListed(last.at(), last.repository(), objects));
  }
}
