package io.drillyard.check;

import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.ClusterRebuilt;
import io.drillyard.ledger.RepositoryListed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Two histories in one archive destroy each other: a path that was given up stays as it was. */
class FormerPathUntouchedTest {
  private static final String OLD = "pgbackrest/onprem/";

  private static RepositoryListed listed(double ms, Map<String, String> objects) {
    return new RepositoryListed(Forge.at(ms, ms + 5), "store.test/backups", objects);
  }

  /** Rebuilt from 32 to 40 s; what the last listing tells differs from the one before it so. */
  private static Forge rebuilt(String path, Consumer<Map<String, String>> later) {
    Map<String, String> before = new LinkedHashMap<>();
    before.put(OLD + "archive/onprem/archive.info", "300 a");
    before.put(OLD + "archive/onprem/17-1/0001", "900 b");
    before.put("pgbackrest/cloud/archive/cloud/archive.info", "300 c");
    Map<String, String> after = new LinkedHashMap<>(before);
    after.put("pgbackrest/cloud/archive/cloud/17-1/0002", "900 d");
    after.put("pgbackrest/onprem-2/archive/onprem/archive.info", "300 e");
    later.accept(after);
    Forge forge = Drills.powerOff().without(RepositoryListed.class);
    forge.add(listed(31_000, before)).add(listed(45_600, after));
    return forge.add(
        new ClusterRebuilt(Forge.at(32_000, 40_000), "onprem", 2, path, "/pgbackrest/onprem"));
  }

  private static Finding judge(Forge forge) {
    return Drills.judge(FormerPathUntouched.NAME, forge, Drills.target());
  }

  @Test
  void whatWasAddedElsewhereIsNobodysLoss() {
    Finding finding = judge(rebuilt("/pgbackrest/onprem-2", after -> {}));
    assertThat(finding.verdict()).as(finding.summary()).isEqualTo(MET);
  }

  @Test
  void whatWasAddedWrittenAnewOrTakenThereIsMissed() {
    String path = "/pgbackrest/onprem-2";
    assertThat(judge(rebuilt(path, a -> a.put(OLD + "archive/onprem/17-1/0003", "1 x"))))
        .satisfies(f -> assertThat(f.verdict()).isEqualTo(MISSED))
        .satisfies(f -> assertThat(f.summary()).contains("was added after the path was given up"));
    assertThat(judge(rebuilt(path, a -> a.put(OLD + "archive/onprem/archive.info", "300 z"))))
        .satisfies(f -> assertThat(f.verdict()).isEqualTo(MISSED))
        .satisfies(f -> assertThat(f.summary()).contains("was written anew"));
    assertThat(judge(rebuilt(path, a -> a.remove(OLD + "archive/onprem/17-1/0001"))))
        .satisfies(f -> assertThat(f.verdict()).isEqualTo(MISSED))
        .satisfies(f -> assertThat(f.summary()).contains("is gone"));
  }

  @Test
  void aPathThatIsUsedAgainIsMissed() {
    assertThat(judge(rebuilt("/pgbackrest/onprem", after -> {})).verdict()).isEqualTo(MISSED);
  }

  @Test
  void withoutAListingOnBothSidesNothingIsKnown() {
    Forge never = rebuilt("/pgbackrest/onprem-2", a -> {});
    never.without(e -> e instanceof RepositoryListed l && l.at().startNs() > 40_000 * Forge.MS);
    assertThat(judge(never).verdict()).isEqualTo(UNDETERMINED);
    Forge empty = rebuilt("/pgbackrest/onprem-2", a -> {});
    empty.listings(0, objects -> objects.keySet().removeIf(k -> k.startsWith(OLD)));
    assertThat(judge(empty).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void itIsAskedOnlyWhereAClusterWasRebuilt() {
    assertThat(Judge.applicable(Drills.powerOff().history()))
        .doesNotContain(FormerPathUntouched.NAME);
    assertThat(Judge.applicable(rebuilt("/pgbackrest/onprem-2", a -> {}).history()))
        .contains(FormerPathUntouched.NAME);
  }
}
