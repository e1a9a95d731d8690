package io.drillyard.cli;

import io.drillyard.check.PromotionGate;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.launch.DrillLauncher;
import io.drillyard.launch.ExitCode;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.GateAsked;
import io.drillyard.ledger.GateConsulted;
import io.drillyard.ledger.LedgerReader;
import io.drillyard.ledger.LedgerTail;
import io.drillyard.ledger.Lsn;
import io.drillyard.ledger.PacedWait;
import io.drillyard.play.GateQuestion;
import io.drillyard.play.InboxFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gate}: asks a running lab whether a promotion would be safe now. */
@Command(
    name = "gate",
    mixinStandardHelpOptions = true,
    description = {
      "Asks a running drill whether it would be safe now to promote a cluster, by what the surviving side can read.",
      "It only looks: nothing is promoted. The drill goes on, and its ledger keeps the answer.",
      "Contexts that declare automatic failover never pass this gate: there Patroni promotes."
    },
    footer = {"", "Exit codes: 0 SAFE, 1 BLOCKED or NO ANSWER, 3 OPERATOR-GATED."})
final class GateCommand implements Callable<Integer> {
  private static final Duration PACE = Duration.ofMillis(100);

  @Mixin FolderOptions places = new FolderOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description =
          "Folder of a run, or of one of its drills below drills/; left out: the newest run.")
  @Nullable Path run;

  @Option(
      names = "--promote",
      paramLabel = "CLUSTER",
      description = "Which cluster would be promoted (default: the only one that does not serve).")
  @Nullable String candidate;

  @Option(
      names = "--from",
      paramLabel = "CLUSTER",
      description = "Which one it would take over from (default: the one that serves).")
  @Nullable String other;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "For how long the answer is waited for (default: 60s).")
  String wait = "60s";

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Duration longest = KeysCommand.duration("--wait", wait);
    Path folder = running(run == null ? WatchCommand.newest(places.reports()) : run);
    GateConsulted answer = ask(folder, longest);
    System.out.print(json ? JsonOutput.of(answer) + "\n" : text(answer));
    if (answer.answer().equals(PromotionGate.Answer.SAFE.word())) {
      return ExitCode.MET;
    }
    return answer.answer().equals(PromotionGate.Answer.OPERATOR_GATED.word())
        ? ExitCode.UNDETERMINED
        : ExitCode.MISSED;
  }

  /** The only drill there that has not ended. */
  private static Path running(Path named) {
    if (Files.exists(named.resolve(DrillLauncher.LEDGER))) {
      if (ended(named)) {
        throw new UsageException(named + ": this drill has ended.");
      }
      return named;
    }
    Path drills = named.resolve("drills");
    if (!Files.isDirectory(drills)) {
      throw new UsageException(named + " is no folder of a run. Remedy: name one below reports/.");
    }
    List<Path> open;
    try (Stream<Path> folders = Files.list(drills)) {
      open =
          folders
              .filter(f -> Files.exists(f.resolve(DrillLauncher.LEDGER)))
              .filter(f -> !ended(f))
              .sorted()
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (open.size() != 1) {
      throw new UsageException(
          open.isEmpty()
              ? named + ": no drill runs there now."
              : "several drills run there; name one: " + open);
    }
    return open.getFirst();
  }

  private static boolean ended(Path drill) {
    try (LedgerTail tail = LedgerReader.tail(drill.resolve(DrillLauncher.LEDGER))) {
      return tail.poll().stream().anyMatch(Event.Closed.class::isInstance);
    }
  }

  private GateConsulted ask(Path drill, Duration longest) throws InterruptedException {
    String id = UUID.randomUUID().toString();
    try (LedgerTail tail = LedgerReader.tail(drill.resolve(DrillLauncher.LEDGER))) {
      hand(drill.resolve(GateQuestion.INBOX), new GateQuestion(id, candidate, other));
      long end = System.nanoTime() + longest.toNanos();
      while (System.nanoTime() < end) {
        for (Event event : tail.poll()) {
          if (event instanceof GateConsulted answer && answer.id().equals(id)) {
            return answer;
          }
          if (event instanceof Event.Closed) {
            throw new UsageException(drill + ": the drill ended before it answered.");
          }
        }
        PacedWait.pause(PACE);
      }
    }
    throw new UsageException(
        "%s gave no answer within %s: does its drill still run? Nobody knows whether a promotion is safe."
            .formatted(drill, wait));
  }

  private static void hand(Path inbox, GateQuestion question) {
    try {
      InboxFile.write(inbox.resolve(question.id() + ".json"), question.json());
    } catch (IOException e) {
      throw new UsageException(inbox + " cannot be written: " + e.getMessage());
    }
  }

  /** The answer for people: what decides first, then what was read. */
  static String text(GateConsulted answer) {
    StringBuilder text = new StringBuilder();
    text.append(
        answer.cluster().isEmpty()
            ? "%s%n".formatted(answer.answer())
            : "%s: '%s' takes over from '%s'%n"
                .formatted(answer.answer(), answer.cluster(), answer.other()));
    answer.reasons().forEach(reason -> text.append("  %s%n".formatted(reason)));
    GateAsked.Look look = answer.look();
    if (look != null) {
      look.members()
          .forEach(
              m ->
                  text.append(
                      "  %-12s %-10s seen %s ago%n"
                          .formatted(m.name(), m.state(), FigureWords.ms(m.ageMs()))));
      text.append("  fence        %s%n".formatted(fence(look.fence())));
      text.append("  position     %s%n".formatted(position(look)));
    }
    Double rpo = answer.rpoMs();
    text.append(
        "  may be lost  %s%n"
            .formatted(rpo == null ? "not declared as a time" : FigureWords.ms(rpo) + " at most"));
    return text.toString();
  }

  private static String fence(GateAsked.@Nullable FenceSeen fence) {
    if (fence == null) {
      return "not seen";
    }
    return "%s; power: %s; boots that start services: %s"
        .formatted(
            fence.accountDenied() ? "account denied" : "account admitted",
            names(fence.powered()),
            names(fence.bootsOpen()));
  }

  private static String names(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static String position(GateAsked.Look look) {
    GateAsked.StandbySeen standby = look.standby();
    if (standby != null) {
      Double age = standby.lastCommitAgeMs();
      return "%s received %s (the furthest: %s), its newest commit is %s old"
          .formatted(
              standby.name(),
              Lsn.format(standby.lsn()),
              Lsn.format(standby.furthestLsn()),
              age == null ? "of unknown age, nobody knows how" : FigureWords.ms(age));
    }
    GateAsked.ArchiveSeen archive = look.archive();
    if (archive != null) {
      Double age = archive.newestAgeMs();
      return archive.newest() == null
          ? "nothing was archived"
          : "archived to %s, which arrived %s ago"
              .formatted(archive.newest(), age == null ? "nobody knows when" : FigureWords.ms(age));
    }
    return "not read";
  }
}
