package io.drillyard.play.restore;

import io.drillyard.backup.BackupInfo;
import io.drillyard.check.backup.BackupPurgeOutcome;
import io.drillyard.check.backup.BackupPurgePlan;
import io.drillyard.check.backup.BackupPurgePlan.Going;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.cluster.RunSecrets;
import io.drillyard.declaration.ExternalRepository;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Removes backups by pgBackRest's own hand, told of no retention, so that nothing else goes; and
 * compares by two listings of its own.
 */
final class BackupPurge {
  private final RestorePolicy policy;
  private final ExternalRepository external;
  private final ExternalRepositoryAccess passage;
  private final StanzaReader vault;
  private final RunSecrets secrets;
  private final Clock clock = Clock.systemUTC();
  private Map<String, BackupPurgeOutcome.Listed> before = Map.of();
  private Set<String> known = Set.of();

  BackupPurge(
      RestorePolicy policy,
      ExternalRepository external,
      ExternalRepositoryAccess passage,
      RunSecrets secrets) {
    this.policy = policy;
    this.external = external;
    this.passage = passage;
    this.vault = passage.vault(external);
    this.secrets = secrets;
  }

  private String folder(String kind) {
    return vault.root() + kind + "/" + external.stanza() + "/";
  }

  /** Everything of the stanza, and of no other. */
  private Map<String, BackupPurgeOutcome.Listed> listing() {
    Map<String, BackupPurgeOutcome.Listed> all = new TreeMap<>();
    for (String kind : List.of("backup", "archive")) {
      passage
          .store()
          .objects(folder(kind))
          .forEach(o -> all.put(o.key(), new BackupPurgeOutcome.Listed(o.bytes(), o.tag())));
    }
    return all;
  }

  /** Reads, and writes nothing. */
  BackupPurgePlan plan(BackupPurgeOrder errand) {
    BackupPurgePlan.Wanted wanted =
        new BackupPurgePlan.Wanted(
            errand.labels(),
            errand.olderThan(),
            Objects.requireNonNull(external.retention()),
            errand.proven(),
            errand.unfinished());
    before = listing();
    List<String> problems = new ArrayList<>();
    BackupInfo info = vault.backups(problems);
    if (info == null) {
      return BackupPurgePlan.unsound(wanted, problems);
    }
    known = labels(info);
    Map<String, Long> sizes = new TreeMap<>();
    String folder = folder("backup");
    before.forEach(
        (key, object) -> {
          if (key.startsWith(folder)) {
            sizes.put(key.substring(folder.length()), object.bytes());
          }
        });
    return BackupPurgePlan.of(wanted, info, sizes, clock.instant()).refusedAlso(problems);
  }

  private static Set<String> labels(BackupInfo info) {
    return info.backups().stream().map(BackupInfo.Backup::label).collect(Collectors.toSet());
  }

  /** Removes what the plan names, after {@link #plan} made it; stops between backups when told. */
  BackupPurgeResult remove(BackupPurgePlan plan, BooleanSupplier interrupted) {
    Host sandbox = passage.sandbox();
    PgBackRest tool = new PgBackRest(external.stanza());
    tool.configure(
        sandbox,
        PgBackRest.CONFIGURATION,
        List.of(passage.repository()),
        options(policy.environment().serving().pgbackrest()),
        Sandbox.data(Sandbox.version(sandbox)));
    List<String> failures = new ArrayList<>();
    List<String> said = new ArrayList<>();
    for (List<String> which : expiries(plan)) {
      String words = String.join(" ", which);
      if (interrupted.getAsBoolean()) {
        failures.add("It was interrupted before pgbackrest %s.".formatted(words));
        break;
      }
      CommandResult result = tool.attempt(sandbox, policy.atMost(), which.toArray(String[]::new));
      (result.stdout() + result.stderr()).lines().map(secrets::redact).forEach(said::add);
      if (!result.ok()) {
        failures.add(
            "pgbackrest %s ended with %d: %s%s"
                .formatted(words, result.exit(), denial(result), secrets.redact(result.tail())));
        break;
      }
    }
    failures.addAll(besides(plan, said));
    BackupPurgeOutcome purged = BackupPurgeOutcome.of(plan, folder("backup"), before, listing());
    listed(plan, failures);
    return new BackupPurgeResult(List.copyOf(failures), purged, List.copyOf(said));
  }

  /**
   * Any retention would make pgBackRest remove more than it is told to, WAL above all; any option
   * of a repository could send it to another one than was shown.
   */
  static Map<String, String> options(Map<String, String> declared) {
    Map<String, String> options = new LinkedHashMap<>(declared);
    options
        .entrySet()
        .removeIf(
            option ->
                option.getKey().contains("retention")
                    || option.getKey().matches("(repo|pg)[0-9]*-.*|set|stanza|config.*")
                    || option.getValue().lines().count() != 1);
    return options;
  }

  /**
   * One for each backup that is to be named; before them one that names none, where a purge that
   * came to no end left something: it tidies up what has no manifest any more, which cannot be
   * named.
   */
  private List<List<String>> expiries(BackupPurgePlan plan) {
    List<String> any = List.of("expire", "--repo=1", "--log-level-console=info");
    List<List<String>> all = new ArrayList<>();
    if (plan.goes().stream().anyMatch(g -> !before.containsKey(manifest(g.label())))) {
      all.add(any);
    }
    for (String label : plan.roots()) {
      List<String> named = new ArrayList<>(any);
      named.add("--set=" + label);
      all.add(named);
    }
    return all;
  }

  private String manifest(String label) {
    return folder("backup") + label + "/backup.manifest";
  }

  /**
   * Of what a store answers, pgBackRest tells the status and the whole page, and no word for it.
   */
  static String denial(CommandResult result) {
    return PgBackRest.denied(result) ? "the store denied it to these credentials. " : "";
  }

  /** What pgBackRest says that it removed by itself. */
  private static List<String> besides(BackupPurgePlan plan, List<String> said) {
    Set<String> goes = plan.goes().stream().map(Going::label).collect(Collectors.toSet());
    return said.stream()
        .filter(line -> line.contains("remove expired backup"))
        .filter(line -> goes.stream().noneMatch(line::contains))
        .map(line -> "pgBackRest removed more than the plan: " + line)
        .toList();
  }

  /** The list must have lost what went, and nothing else. */
  private void listed(BackupPurgePlan plan, List<String> failures) {
    List<String> problems = new ArrayList<>();
    @Nullable BackupInfo info = vault.backups(problems);
    failures.addAll(problems);
    if (info == null) {
      return;
    }
    Set<String> now = labels(info);
    Set<String> goes = plan.goes().stream().map(Going::label).collect(Collectors.toSet());
    for (String label : known) {
      if (goes.contains(label) && now.contains(label)) {
        failures.add("%s is still on the list of backups.".formatted(label));
      } else if (!goes.contains(label) && !now.contains(label)) {
        failures.add("%s is no longer on the list of backups.".formatted(label));
      }
    }
  }
}
