package io.drillyard.check;

import io.drillyard.check.backup.InformationLook;
import io.drillyard.check.backup.LookJson;
import io.drillyard.check.backup.RestoreChoice;
import io.drillyard.check.backup.RestoreLadderJudge;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.RestoreTerms;
import io.drillyard.check.backup.Rung;
import io.drillyard.check.backup.SqlAssertionsLook;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.RestoreEvent;
import io.drillyard.ledger.RestoreOrdered;
import io.drillyard.ledger.RungLooked;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The backup that was taken in a drill restores: a whole restore test of it was played while the
 * cluster went on, its required rungs are met, and what was restored is that very backup, from the
 * path that its cluster archives to.
 */
public final class BackupIsProven implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "backupIsProven";

  /** How a plan's step begins that proves a backup. */
  public static final String PLANNED = "a restore test in the sandbox proves the newest backup of ";

  private static final String LATEST = "latest";

  /** Verb of the harness bringing an archive up to date; its subject is the cluster. */
  public static final String UP_TO_DATE = "archive-up-to-date";

  /** Without these a backup may be proven in a drill: nothing is declared for them there. */
  private static final Set<Rung> MAY_LACK =
      EnumSet.of(
          Rung.BACKUP_AGE,
          Rung.ACKNOWLEDGED,
          Rung.FRESHNESS,
          Rung.SETTINGS,
          Rung.RECOVERY_TIME,
          Rung.UNCHANGED);

  /** What an operator's action tells of a full backup. */
  private static final Pattern TAKEN = Pattern.compile("full backup (\\S+) in (\\S+)");

  @Override
  public String name() {
    return NAME;
  }

  /** True where a proof was planned, or a restore test begun. */
  static boolean applies(LedgerViews history) {
    return LedgerDeclarations.planned(history, PLANNED)
        || !history.of(RestoreOrdered.class).isEmpty();
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, BackupIsProven::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    FindingBuilder draft = new FindingBuilder(NAME, "the newest backup restores");
    List<String> wrong = new ArrayList<>();
    List<String> doubts = new ArrayList<>();
    List<String> proved = new ArrayList<>();
    List<List<Event>> tests = tests(history);
    for (List<Event> test : tests) {
      one(history, test, draft, wrong, doubts, proved);
    }
    if (proved.isEmpty() && wrong.isEmpty() && doubts.isEmpty()) {
      doubts.add("no backup was restored");
    }
    if (tests.size() < LedgerDeclarations.plannedTimes(history, PLANNED)) {
      doubts.add("fewer backups were restored than the plan proves");
    }
    draft.details(wrong);
    if (!wrong.isEmpty()) {
      return draft.missed("backup-disproved", wrong.getFirst());
    }
    draft.details(doubts);
    return doubts.isEmpty()
        ? draft.met("backup-proven", String.join("; ", proved))
        : draft.undetermined("backup-in-doubt", doubts.getFirst());
  }

  /** The events of each restore test, in their order. */
  private static List<List<Event>> tests(LedgerViews history) {
    List<List<Event>> tests = new ArrayList<>();
    for (Event event : history.events()) {
      if (event instanceof RestoreOrdered) {
        tests.add(new ArrayList<>());
      }
      if (event instanceof RestoreEvent && !tests.isEmpty()) {
        tests.getLast().add(event);
      }
    }
    return tests;
  }

  private static void one(
      LedgerViews history,
      List<Event> test,
      FindingBuilder draft,
      List<String> wrong,
      List<String> doubts,
      List<String> proved) {
    RestoreLadderJudge judge;
    try {
      judge =
          RestoreLadderJudge.of(
              test,
              listing -> {
                throw new IllegalStateException("a drill keeps no listings of a restore test");
              });
    } catch (IllegalArgumentException e) {
      doubts.add("a restore test cannot be judged: " + e.getMessage());
      return;
    }
    RestoreTerms terms = judge.terms();
    Interval ordered = test.getFirst().at();
    long endNs = test.stream().mapToLong(e -> e.at().endNs()).max().orElse(ordered.endNs());
    draft.part(
        "restore-test-" + terms.stanza(),
        FindingBuilder.ms(endNs - ordered.startNs(), endNs - ordered.startNs(), null));
    List<String> open = new ArrayList<>();
    for (Rung rung : Rung.values()) {
      RestoreRungResult result =
          judge.ladder().stream().filter(r -> r.rung() == rung).findFirst().orElse(null);
      boolean met = result != null && result.tried() && result.finding().verdict() == Verdict.MET;
      String line =
          "%s: %s: %s"
              .formatted(
                  terms.name(),
                  rung.check(),
                  result == null ? "was not looked at" : result.finding().summary().strip());
      if (MAY_LACK.contains(rung)) {
        if (!met) {
          draft.detail(line);
        }
      } else if (result != null && result.tried() && result.finding().verdict() == Verdict.MISSED) {
        wrong.add(line);
      } else if (!met) {
        open.add(line);
      }
    }
    String unasked = unasked(history, test, terms);
    if (unasked != null) {
      open.add(unasked);
    }
    if (!terms.backup().equals(LATEST) || !terms.target().equals(LATEST)) {
      open.add(terms.name() + " was not of the newest backup, up to the end of the archive");
    }
    doubts.addAll(open);
    if (judge.verdict() != Verdict.MET || !open.isEmpty()) {
      if (wrong.isEmpty() && open.isEmpty()) {
        doubts.add(terms.name() + " did not come to its end");
      }
      return;
    }
    String label = restored(judge);
    String why = otherThanTaken(history, terms, label, ordered.startNs());
    if (why != null) {
      doubts.add(why);
      return;
    }
    proved.add(
        "backup %s of %s was restored, and %d rungs are met"
            .formatted(
                label,
                terms.stanza(),
                judge.ladder().stream()
                    .filter(r -> r.tried() && r.finding().verdict() == Verdict.MET)
                    .count()));
  }

  /**
   * Why the restored data were not asked for all that clients had been told; null: they were. So
   * many clients had their last write acknowledged by this cluster when its archive began to be
   * brought up to date; each of them has to be found.
   */
  private static @Nullable String unasked(
      LedgerViews history, List<Event> test, RestoreTerms terms) {
    Interval current = null;
    for (Event.Action action : history.of(Event.Action.class)) {
      if (action.verb().equals(UP_TO_DATE)
          && action.subject().equals(terms.stanza())
          && action.at().endNs() <= test.getFirst().at().endNs()) {
        current = action.at();
      }
    }
    if (current == null) {
      return terms.name() + ": nobody brought the archive up to date before";
    }
    int early = told(history, terms.stanza(), current.startNs());
    int late = told(history, terms.stanza(), current.endNs());
    for (Event event : test) {
      if (event instanceof RungLooked looked
          && looked.rung().equals(Rung.ASSERTIONS.check())
          && LookJson.look(looked.look()) instanceof SqlAssertionsLook look) {
        for (SqlAssertionsLook.Answer answer : look.answers()) {
          if (answer.expect().matches("[1-9][0-9]{0,5}")) {
            int asked = Integer.parseInt(answer.expect());
            return asked >= Math.min(early, late) && asked <= Math.max(early, late)
                ? null
                : "%s: %d clients were asked for, and %d had been told something"
                    .formatted(terms.name(), asked, late);
          }
        }
      }
    }
    return terms.name() + ": nobody asked for what clients had been told";
  }

  /** How many clients had their last write acknowledged by a cluster, on its newest timeline. */
  private static int told(LedgerViews history, String cluster, long ns) {
    Map<String, Event.Write> last = new HashMap<>();
    for (Event.Write write : history.writes()) {
      if (write.acknowledged() && write.at().endNs() <= ns) {
        Event.Write known = last.get(write.writer());
        if (known == null || known.at().endNs() < write.at().endNs()) {
          last.put(write.writer(), write);
        }
      }
    }
    List<Event.Write> own =
        last.values().stream().filter(w -> cluster.equals(history.cluster(w.member()))).toList();
    int newest = own.stream().mapToInt(Event.Write::timeline).max().orElse(0);
    return (int) own.stream().filter(w -> w.timeline() == newest).count();
  }

  private static @Nullable String restored(RestoreLadderJudge judge) {
    InformationLook what = judge.information();
    RestoreChoice choice = what == null ? null : what.choiceIfAny(judge.terms());
    return choice == null ? null : choice.backup().label();
  }

  /** Why what was restored is not the last backup that was taken before; null: it is. */
  private static @Nullable String otherThanTaken(
      LedgerViews history, RestoreTerms terms, @Nullable String label, long orderedNs) {
    Matcher last = null;
    for (Event.Action action : history.of(Event.Action.class)) {
      Matcher taken = TAKEN.matcher(action.detail());
      if (action.verb().equals(UnprotectedTime.BACKUP)
          && action.subject().equals(terms.stanza())
          && action.at().endNs() <= orderedNs
          && taken.matches()) {
        last = taken;
      }
    }
    if (last == null) {
      return "no backup of %s was taken before the restore test".formatted(terms.stanza());
    }
    if (!last.group(1).equals(label)) {
      return "backup %s was restored, and not %s, which was taken".formatted(label, last.group(1));
    }
    String place = terms.repository().get(RestoreTerms.PLACE);
    return last.group(2).equals(place)
        ? null
        : "what was restored lies in %s, and the backup was taken in %s"
            .formatted(place, last.group(2));
  }
}
