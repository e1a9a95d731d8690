package io.drillyard.check;

import io.drillyard.backup.InfoFile;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.RepositoryListed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * No backup data went: every object that a repository listed before the first fault is listed again
 * at the end, with the same size and the store's same word for its content. What is added is the
 * archive's business.
 *
 * <p>pgBackRest rewrites the two information files of a stanza and their copies; of those it is
 * asked only that they are there.
 */
public final class BackupsKept implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "backupsKept";

  /** The first format of ledgers in which drills list their repositories. */
  private static final int LISTED_SINCE = 5;

  @Override
  public String name() {
    return NAME;
  }

  /** True of every ledger that is new enough, and of one with a listing. */
  static boolean applies(LedgerViews history) {
    return !history.of(RepositoryListed.class).isEmpty()
        || history.of(Event.Opened.class).stream().anyMatch(o -> o.format() >= LISTED_SINCE);
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, BackupsKept::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    FindingBuilder draft =
        new FindingBuilder(NAME, "nothing that a repository held is gone or altered");
    Map<String, List<RepositoryListed>> listings = new TreeMap<>();
    for (RepositoryListed listed : history.of(RepositoryListed.class)) {
      listings.computeIfAbsent(listed.repository(), r -> new ArrayList<>()).add(listed);
    }
    List<String> wrong = new ArrayList<>();
    List<String> doubts = new ArrayList<>();
    long kept = 0;
    long added = 0;
    for (List<RepositoryListed> of : listings.values()) {
      of.sort(Comparator.comparingLong(l -> l.at().startNs()));
      RepositoryListed first = of.getFirst();
      for (RepositoryListed later : of.subList(1, of.size())) {
        compare(first, later, wrong);
      }
      doubts.addAll(moments(history, first, of.getLast()));
      kept += first.objects().size();
      added += of.getLast().objects().size() - first.objects().size();
    }
    draft.details(wrong);
    if (!wrong.isEmpty()) {
      return draft.missed(
          "objects-gone-or-altered",
          "%d objects of backups or archives are gone or altered: %s"
              .formatted(wrong.size(), wrong.getFirst()));
    }
    Set<String> declared = LedgerDeclarations.repositories(history);
    if (declared.isEmpty()) {
      doubts.add("the ledger does not say which repositories there are");
    }
    for (String name : declared) {
      int looks = listings.getOrDefault(name, List.of()).size();
      if (looks < 2) {
        doubts.add("%s was listed %d times, not before and after".formatted(name, looks));
      }
    }
    draft.details(doubts);
    return doubts.isEmpty()
        ? draft.met(
            "all-there",
            "all %,d objects of %d repositories are there as before the fault; %,d were added"
                .formatted(kept, listings.size(), added))
        : draft.undetermined("listings-in-doubt", doubts.getFirst());
  }

  private static void compare(RepositoryListed first, RepositoryListed later, List<String> wrong) {
    for (Map.Entry<String, String> object : new TreeMap<>(first.objects()).entrySet()) {
      String now = later.objects().get(object.getKey());
      String place = first.repository() + ": " + object.getKey();
      if (now == null) {
        wrong.add(place + " is gone");
      } else if (!now.equals(object.getValue()) && !InfoFile.isOfStanza(object.getKey())) {
        wrong.add(place + " was written anew");
      }
    }
  }

  /** A listing proves what happened between it and another one, and no more. */
  private static List<String> moments(
      LedgerViews history, RepositoryListed first, RepositoryListed last) {
    List<String> doubts = new ArrayList<>();
    long begun = Long.MAX_VALUE;
    long over = Long.MIN_VALUE;
    for (Event.Injected fault : history.faults().injected()) {
      begun = Math.min(begun, fault.at().startNs());
      over = Math.max(over, fault.at().endNs());
    }
    for (Event.Healed heal : history.of(Event.Healed.class)) {
      over = Math.max(over, heal.at().endNs());
    }
    if (first.objects().isEmpty()) {
      doubts.add(first.repository() + " held nothing before the fault");
    }
    if (first.at().endNs() > begun) {
      doubts.add(first.repository() + " was not listed before the first fault");
    }
    if (last.at().startNs() < over) {
      doubts.add(first.repository() + " was not listed after the last fault had ended");
    }
    return doubts;
  }
}
