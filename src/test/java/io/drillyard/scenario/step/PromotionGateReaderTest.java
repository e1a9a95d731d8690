package io.drillyard.scenario.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.PromotionGate;
import io.drillyard.host.CommandResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Patroni says of a member, as the gate understands it. */
class PromotionGateReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | {\"state\": \"running\", \"role\": \"primary\", \"timeline\": 3} | primary",
        "0 | {\"state\": \"running\", \"role\": \"master\"} | primary",
        "0 | {\"state\": \"running\", \"role\": \"replica\"} | recovery",
        "0 | {\"state\": \"running\", \"role\": \"standby_leader\"} | recovery",
        "0 | {\"state\": \"stopped\", \"role\": \"replica\"} | stopped",
        "0 | {\"state\": \"stopping\", \"role\": \"replica\"} | unclear",
        "0 | {\"state\": \"starting\", \"role\": \"primary\"} | a primary that does not run",
        "0 | {\"role\": \"something\"} | unclear",
        "7 | '' | silent",
        "28 | '' | silent",
        "0 | '' | silent"
      })
  void aLook(int exit, String said, String state) {
    assertThat(PromotionGateReader.state(new CommandResult(exit, said, ""))).isEqualTo(state);
    assertThat(PromotionGate.PRIMARY).isEqualTo("primary");
  }
}
