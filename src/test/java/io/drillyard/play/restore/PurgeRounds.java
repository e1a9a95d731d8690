package io.drillyard.play.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.Awaiting;
import io.drillyard.HangLimit;
import io.drillyard.check.backup.BackupPurgeOutcome;
import io.drillyard.evidence.ReportFolder;
import io.drillyard.evidence.purge.BackupPurgeRecord;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.FileDigests;
import io.drillyard.repository.StoreType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The ways in which a purge is cut off while it removes. Each round has a store of its own, with
 * the same backups, of which the same restore test is on record.
 *
 * @param folder of all rounds
 * @param made what every store is filled with
 */
record PurgeRounds(Path folder, Path made, AtomicInteger number) {
  /** Of the same backups, as if it had been made in each round's own store. */
  private static final String PROOF = "20261121T000000Z-0000";

  /** So often a round is begun anew when the purge was faster than whoever cuts it off. */
  private static final int TRIES = 5;

  private static final HangLimit ENDED = HangLimit.quietSeconds(30);

  /** What is done to a purge while it removes. */
  enum Way {
    KILLED("the process was killed"),
    ASKED_TO_END("the process was asked to end"),
    DENIED("the store denied from then on"),
    STORE_AWAY("the store went away");

    private final String words;

    Way(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** What a round begins with. */
  private record Order(PurgeRound round, Set<Path> before, Process process) {}

  /** Makes somebody's repository, and proves its newest backup. */
  static PurgeRounds begin(Path folder) throws Exception {
    Path made = ExternalStore.make(folder, List.of(PlainSource.TWICE));
    PurgeRounds rounds = new PurgeRounds(folder, made, new AtomicInteger());
    PurgeRound first = rounds.store("proven");
    first.orders().proves(PROOF);
    first.store().away();
    return rounds;
  }

  /** A round in a store of its own. */
  PurgeRound round(String name) throws Exception {
    return store(name + "-" + number.incrementAndGet());
  }

  private PurgeRound store(String name) throws Exception {
    Path own = Files.createDirectory(folder.resolve(name));
    ExternalStore store = ExternalStore.open(StoreType.S3, own, made);
    PurgeOrders orders = new PurgeOrders(store, own.resolve("reports"));
    store.credentials("ours.purge", ExternalStore.SECRET);
    store.declare(PurgeOrders.DECLARED + "1s\n");
    Path proof = folder.resolve("proven/reports").resolve(PROOF);
    if (Files.exists(proof)) {
      Path copy = orders.reports().resolve(PROOF);
      PlainSource.copy(proof, copy);
      moved(copy, store.server().port());
    }
    return new PurgeRound(orders, store.labels().getFirst(), store.stored());
  }

  /** The proof of another port's store is made this one's: record, ledgers and digests. */
  private static void moved(Path run, int port) throws IOException {
    Path record = run.resolve(ReportFolder.EVIDENCE);
    String text = Files.readString(record);
    try (Stream<Path> files = Files.walk(run)) {
      for (Path ledger : files.filter(f -> f.toString().endsWith(".ndjson")).toList()) {
        String before = FileDigests.sha256(ledger);
        Files.writeString(ledger, at(Files.readString(ledger), port));
        text = text.replace(before, FileDigests.sha256(ledger));
      }
    }
    Files.writeString(record, at(text, port));
  }

  private static String at(String text, int port) {
    return text.replaceAll(
        ExternalStore.ENDPOINT + ":\\d+/", ExternalStore.ENDPOINT + ":" + port + "/");
  }

  /**
   * Cuts a purge off.
   *
   * @param percent of what goes that are still there at that moment
   * @return how many objects were left
   */
  int cutOff(Way way, int percent) throws Exception {
    for (int attempt = 1; true; attempt++) {
      PurgeRound round = round(way.name().toLowerCase(java.util.Locale.ROOT));
      try {
        if (way == Way.STORE_AWAY) {
          // So long each of its questions waits for the store.
          round.store().limit("15s");
        }
        Order order = new Order(round, round.orders().records(), round.order(folder));
        round.removing(order.process(), percent);
        List<ProcessHandle> tree = order.process().descendants().toList();
        harm(way, order);
        isGone(order.process(), tree, percent);
        BackupPurgeRecord record = round.orders().recordSince(order.before());
        boolean finished = record.result().equals(BackupPurgeRecord.PURGED);
        if (finished && way != Way.ASKED_TO_END && attempt < TRIES) {
          System.out.printf("%s at %d %%: it had finished; once more%n", way, percent);
          continue;
        }
        int left = round.left();
        System.out.printf("%s at %d %%: %d left of %d%n", way, percent, left, round.goes());
        judge(way, round, record, order.process().exitValue());
        return left;
      } finally {
        round.store().away();
      }
    }
  }

  private static void harm(Way way, Order order) throws Exception {
    ExternalStore store = order.round().store();
    switch (way) {
      case KILLED -> order.process().destroyForcibly();
      case ASKED_TO_END -> order.process().destroy();
      case DENIED -> store.readsOnly();
      case STORE_AWAY -> store.away();
    }
  }

  private static void isGone(Process process, List<ProcessHandle> tree, int percent)
      throws Exception {
    assertThat(process.waitFor(ENDED.duration().toSeconds(), TimeUnit.SECONDS))
        .as("at %d %%, %s", percent, ENDED.words())
        .isTrue();
    Awaiting.soon()
        .untilAsserted(
            () ->
                assertThat(tree.stream().filter(ProcessHandle::isAlive))
                    .as("processes left, at %d %%", percent)
                    .isEmpty());
  }

  private static void judge(Way way, PurgeRound round, BackupPurgeRecord record, int exit)
      throws Exception {
    switch (way) {
      case KILLED -> killed(round, record);
      case ASKED_TO_END -> asked(round, record);
      case DENIED -> denied(round, record, exit);
      case STORE_AWAY -> away(round, record, exit);
    }
  }

  private static void killed(PurgeRound round, BackupPurgeRecord record) throws Exception {
    assertThat(record.result()).isEqualTo(BackupPurgeRecord.FAILED);
    assertThat(record.failures()).singleElement().asString().contains("not on record");
    assertThat(Objects.requireNonNull(record.plan()).objects()).isEqualTo(round.goes());
    round.isRestored("20261121T000001Z-0000");
    round.isFinishedByAnother();
    round.orders().proves("20261121T000002Z-0000");
  }

  private static void asked(PurgeRound round, BackupPurgeRecord record) throws IOException {
    assertThat(record.result()).isEqualTo(BackupPurgeRecord.PURGED);
    PurgeOrders.isExactly(record, round.oldest(), round.before(), round.store().stored());
    assertThat(round.left()).isZero();
  }

  private static void denied(PurgeRound round, BackupPurgeRecord record, int exit)
      throws Exception {
    assertThat(record.result()).isEqualTo(BackupPurgeRecord.FAILED);
    assertThat(exit).isEqualTo(ExitCode.BROKEN);
    assertThat(record.failures()).anySatisfy(f -> assertThat(f).contains("denied"));
    BackupPurgeOutcome purged = Objects.requireNonNull(record.purged());
    assertThat(purged.left()).hasSize(round.left());
    assertThat(purged.objects()).isEqualTo(round.goes() - round.left());
    assertThat(purged.otherwise()).isEmpty();
    round.store().away();
    round.store().back();
    round.isFinishedByAnother();
  }

  private static void away(PurgeRound round, BackupPurgeRecord record, int exit) throws Exception {
    assertThat(record.result()).isEqualTo(BackupPurgeRecord.FAILED);
    assertThat(exit).isEqualTo(ExitCode.BROKEN);
    assertThat(record.purged()).isNull();
    assertThat(record.failures()).anySatisfy(f -> assertThat(f).contains("was not found out"));
    round.store().back();
    round.store().limit("5m");
    round.isFinishedByAnother();
  }
}
