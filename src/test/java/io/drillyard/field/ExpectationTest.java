package io.drillyard.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.field.Expectation.Word;
import io.drillyard.repository.StoreType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a case demands, and whether it came out so. */
final class ExpectationTest {
  @TempDir Path folder = Path.of(".");

  private Expectation read(String text) throws IOException {
    Files.writeString(folder.resolve(Expectation.FILE), text);
    return Expectation.read(folder);
  }

  private static Outcome outcome(int status, String said) {
    return new Outcome(Outcome.word(status, false), said, 12.5);
  }

  @Test
  void anyOfTheVerdictsIsRight() throws IOException {
    Expectation either = read("verdict: MISSED|UNDETERMINED\nwhy: nobody knows\n");
    assertThat(either.verdicts()).containsExactlyInAnyOrder(Word.MISSED, Word.UNDETERMINED);
    assertThat(either.differences(outcome(1, ""))).isEmpty();
    assertThat(either.differences(outcome(3, ""))).isEmpty();
    assertThat(either.differences(outcome(0, ""))).containsExactly("came out MET");
    assertThat(either.differences(outcome(5, ""))).containsExactly("came out BROKEN");
    assertThat(either.differences(outcome(130, ""))).containsExactly("came out BROKEN");
  }

  @Test
  void whatMustBeSaidIsSearchedAsAnExpression() throws IOException {
    Expectation says =
        read("verdict: MET\nmust_say: [\"timeline [12]\", lost]\nmust_not_say: [damage]\n");
    assertThat(says.differences(outcome(0, "timeline 2 was lost"))).isEmpty();
    assertThat(says.differences(outcome(0, "timeline 3: damage")))
        .containsExactly("not said: timeline [12]", "not said: lost", "said: damage");
  }

  @Test
  void aTestMayTakeNoLonger() throws IOException {
    assertThat(read("verdict: MET\nwithin_s: 12\n").differences(outcome(0, "")))
        .containsExactly("took longer than 12 s");
    assertThat(read("verdict: MET\nwithin_s: 13\n").differences(outcome(0, ""))).isEmpty();
  }

  @Test
  void validateAcceptsAndRefuses() {
    assertThat(Outcome.word(0, true)).isEqualTo(Word.ACCEPTED);
    assertThat(Outcome.word(2, true)).isEqualTo(Word.REFUSED);
    assertThat(Outcome.word(2, false)).isEqualTo(Word.REFUSED);
  }

  @Test
  void whatCannotBeUnderstoodIsRefused() {
    assertThatThrownBy(() -> read("verdict: GREEN\n")).hasMessageContaining("called 'GREEN'");
    assertThatThrownBy(() -> read("verdict: BROKEN\n")).hasMessageContaining("BROKEN");
    assertThatThrownBy(() -> read("verdict: MET\nmust_says: [x]\n"))
        .hasMessageContaining("unknown key 'must_says'");
    assertThatThrownBy(() -> read("verdict: MET\nmust_say: ['[']\n"))
        .hasMessageContaining("expect.yaml");
    assertThatThrownBy(() -> read("- MET\n")).hasMessageContaining("no mapping");
  }

  @Test
  void aCaseIsAFolderAndItsFilesTellTheCommand() throws IOException {
    Path drill = Files.createDirectories(folder.resolve("cases/40-lag"));
    Files.writeString(drill.resolve(Expectation.FILE), "verdict: MISSED\n");
    Files.writeString(drill.resolve("Lags.java"), "class Lags {}");
    Path restore = Files.createDirectories(folder.resolve("cases/10-plain"));
    Files.writeString(restore.resolve(Expectation.FILE), "verdict: MET\n");
    Files.writeString(restore.resolve(FieldCase.SOURCE), "true");
    Files.writeString(restore.resolve("store-type"), "azure\n");
    Files.createDirectories(folder.resolve("cases/no-case"));
    List<FieldCase> cases = FieldCase.of(folder.resolve("cases"), List.of());
    assertThat(cases).extracting(FieldCase::name).containsExactly("10-plain", "40-lag");
    assertThat(cases.get(0).command()).containsExactly("restore-test", "ours");
    assertThat(cases.get(0).store()).isEqualTo(StoreType.AZURE);
    assertThat(cases.get(1).command()).containsExactly("run", "Lags");
    assertThat(FieldCase.of(folder.resolve("cases"), List.of("40"))).hasSize(1);
    assertThatThrownBy(() -> FieldCase.of(folder.resolve("cases"), List.of("99")))
        .hasMessageContaining("no case");
  }

  @Test
  void aVerbOfItsOwnIsRun() throws IOException {
    Path folderOfOne = Files.createDirectories(folder.resolve("cases/30-x"));
    Files.writeString(
        folderOfOne.resolve(Expectation.FILE), "run: \"run X --repeat 3\"\nverdict: MET\n");
    assertThat(FieldCase.of(folder.resolve("cases"), List.of()).getFirst().command())
        .containsExactly("run", "X", "--repeat", "3");
  }
}
