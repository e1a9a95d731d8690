package io.drillyard.play.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.Rung;
import io.drillyard.evidence.Evidence;
import io.drillyard.repository.StoreType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * An encrypted repository of a source of another minor version is proven, and both are said; a
 * wrong passphrase, none, and a file that nobody encrypted are noticed.
 */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SealedVisitLabTest {
  private static final String SEALED = "cipher_pass: ours.cipher\n";

  private static Path folder = Path.of(".");
  private static @Nullable ExternalStore opened;

  @BeforeAll
  static void somebodysRepository(@TempDir Path given) throws Exception {
    folder = given;
    Path made =
        ExternalStore.make(
            given, List.of(PlainSource.SEALED, PlainSource.OLDER, PlainSource.BUNDLED));
    opened = ExternalStore.open(StoreType.S3, given, made);
  }

  @AfterAll
  static void away() throws InterruptedException {
    ExternalStore store = opened;
    if (store != null) {
      store.away();
    }
  }

  private static ExternalStore store() {
    return Objects.requireNonNull(opened);
  }

  private static Evidence run(String name, String passphrase) throws IOException {
    Files.writeString(
        store().environments().resolve("repositories/ours.cipher"), passphrase + "\n");
    return store().test(name, folder.resolve(name));
  }

  private static RestoreRungResult rung(Evidence run, Rung rung) {
    return Objects.requireNonNull(run.plainTests().getFirst().rung(rung));
  }

  private static void isNoticed(Evidence run, String why) {
    assertThat(run.verdict()).isEqualTo(Verdict.MISSED);
    assertThat(rung(run, Rung.INFORMATION).verdict()).isEqualTo(Verdict.MISSED);
    assertThat(rung(run, Rung.INFORMATION).finding().details())
        .anySatisfy(d -> assertThat(d).contains(why));
  }

  @Test
  @Order(1)
  void itIsProvenAndTheOtherMinorVersionIsSaid() throws IOException {
    store().declare(SEALED);
    Map<String, byte[]> before = store().stored();
    Evidence run = run("proven", PlainSource.PASSPHRASE);
    assertThat(run.plainTests().getFirst().ladder())
        .allSatisfy(
            c -> assertThat(c.verdict() == Verdict.MET || !c.required()).as(c.toString()).isTrue());
    assertThat(run.verdict()).isEqualTo(Verdict.MET);
    assertThat(rung(run, Rung.SETTINGS).verdict()).isEqualTo(Verdict.MISSED);
    assertThat(rung(run, Rung.SETTINGS).finding().details())
        .anySatisfy(
            d -> assertThat(d).startsWith("PostgreSQL " + OlderPostgres.VERSION + " wrote it, 17."))
        .anySatisfy(d -> assertThat(d).startsWith("2 settings that the source's heartbeat noted"));
    store().isStill(before);
    ExternalStore.isSecretIn(folder.resolve("proven"));
    ExternalStore.isNowhereIn(folder.resolve("proven"), PlainSource.PASSPHRASE);
  }

  @Test
  @Order(2)
  void anotherPassphraseIsNoticed() throws IOException {
    isNoticed(run("another", "another passphrase"), "cannot be decrypted");
  }

  @Test
  @Order(3)
  void noPassphraseIsNoticed() throws IOException {
    store().declare("");
    isNoticed(run("none", PlainSource.PASSPHRASE), "no passphrase is declared");
  }

  @Test
  @Order(4)
  void aFileThatNobodyEncryptedIsNoticed() throws IOException {
    store().declare(SEALED);
    Path info = store().backups().resolve("backup.info");
    Files.writeString(info, "[backrest]\nbackrest-checksum=\"0\"\n");
    isNoticed(run("plain", PlainSource.PASSPHRASE), "is not encrypted, although it has to be");
  }
}
