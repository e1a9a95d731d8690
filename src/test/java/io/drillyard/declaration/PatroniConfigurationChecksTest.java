package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Patroni's dynamic configuration, each rule at its edge. */
class PatroniConfigurationChecksTest {
  private final Path file;

  PatroniConfigurationChecksTest(@TempDir Path folder) {
    this.file = folder.resolve("a.yaml");
  }

  private List<String> toldWith(String image, String... lines) throws IOException {
    Files.writeString(file, "patroni:\n  " + String.join("\n  ", lines) + "\n");
    DeclarationProblems problems = new DeclarationProblems(false);
    YamlNode root = YamlReader.read(file, problems);
    new PatroniConfigurationChecks(problems).check(root.get("patroni"), NodeImage.of(image));
    return problems.list().stream()
        .map(p -> p.line() + " " + p.severity() + " " + p.message())
        .toList();
  }

  private List<String> told(String... lines) throws IOException {
    return toldWith("trixie", lines);
  }

  @Test
  void theKeysThatAreKnown() {
    assertThat(PatroniConfigurationChecks.isKnown("ttl")).isTrue();
    assertThat(PatroniConfigurationChecks.isKnown("tll")).isFalse();
  }

  @Test
  void ttlHoldsALoopAndTwoRetries() throws IOException {
    assertThat(told("ttl: 30", "loop_wait: 10", "retry_timeout: 10")).isEmpty();
    assertThat(told("ttl: 29", "loop_wait: 10", "retry_timeout: 10"))
        .containsExactly(
            "2 WARNING loop_wait 10 + 2 * retry_timeout 10 > ttl 29: Patroni will adjust them");
    assertThat(told("loop_wait: 10")).as("30, 10 and 10 are Patroni's own").isEmpty();
    assertThat(told("loop_wait: 11"))
        .containsExactly(
            "2 WARNING loop_wait 11 + 2 * retry_timeout 10 > ttl 30: Patroni will adjust them");
    assertThat(told("loop_wait: 1", "retry_timeout: 3", "ttl: 20")).isEmpty();
    assertThat(told("loop_wait: 1", "retry_timeout: 2", "ttl: 20"))
        .containsExactly("3 WARNING 'retry_timeout' is 2, below Patroni's minimum of 3");
  }

  @Test
  void whatIsNoNumberIsTakenAsPatronisOwn() throws IOException {
    assertThat(told("ttl: 30s"))
        .containsExactly("2 ERROR 'ttl' is '30s'; Patroni takes whole seconds without a unit");
    assertThat(told("loop_wait: 0")).containsExactly("2 ERROR 'loop_wait' is 0, not above zero");
    // Its own ten seconds then count.
    assertThat(told("loop_wait: -5", "ttl: 29", "retry_timeout: 10")).hasSize(2);
    assertThat(told("loop_wait: soon", "ttl: 29", "retry_timeout: 10")).hasSize(2);
    assertThat(told("loop_wait: soon", "ttl: 30", "retry_timeout: 10")).hasSize(1);
  }

  @Test
  void aQuorumNeedsPatroniFour() throws IOException {
    assertThat(told("synchronous_mode: quorum")).isEmpty();
    assertThat(toldWith("bookworm", "synchronous_mode: quorum"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("2 ERROR 'quorum' needs Patroni 4.0, and the bookworm image has");
    assertThat(told("synchronous_mode: Quorum")).isEmpty();
    assertThat(told("synchronous_mode: sometimes"))
        .containsExactly("2 ERROR 'synchronous_mode' is 'sometimes'");
    assertThat(told("synchronous_mode: 'on'")).isEmpty();
  }

  @Test
  void strictMeansNothingAlone() throws IOException {
    String nothing = "WARNING 'synchronous_mode_strict' does nothing without 'synchronous_mode'";
    assertThat(told("synchronous_mode_strict: true")).containsExactly("2 " + nothing);
    assertThat(told("synchronous_mode: false", "synchronous_mode_strict: true"))
        .containsExactly("3 " + nothing);
    assertThat(told("synchronous_mode: true", "synchronous_mode_strict: true")).isEmpty();
    assertThat(told("synchronous_mode: quorum", "synchronous_mode_strict: true")).isEmpty();
    assertThat(told("synchronous_mode: maybe", "synchronous_mode_strict: true"))
        .as("what is wrong with the mode is told alone")
        .containsExactly("2 ERROR 'synchronous_mode' is 'maybe'");
    assertThat(told("synchronous_mode_strict: false")).isEmpty();
  }

  @Test
  void whatHasNoPlaceThereIsTold() throws IOException {
    assertThat(told("failsafe_mode: 7")).containsExactly("2 ERROR '7' is neither on nor off");
    assertThat(told("maximum_lag_on_failover: 1MB"))
        .containsExactly(
            "2 ERROR '1MB' is no whole number: Patroni would take its own default, and not say so");
    assertThat(told("loop_wat: 5")).containsExactly("2 ERROR unknown key 'loop_wat'");
    assertThat(told("something_of_a_later_patroni: 5"))
        .singleElement()
        .asString()
        .startsWith("2 WARNING 'something_of_a_later_patroni' is not a key");
  }
}
