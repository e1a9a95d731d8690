package io.drillyard.scenario.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.PromotionGate;
import io.drillyard.host.CommandResult;
import java.util.List;
import org.junit.jupiter.api.Test;
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

  /** Whoever asks the gate after a refusal has run nothing; whoever does anything else has. */
  @Test
  void aLookIsToldFromWhatIsDone() {
    List<String> looks =
        List.of(
            "curl -s -m2 http://198.18.1.11:8008/",
            "curl -s -m2 http://198.18.1.11:8008/config",
            "env X=1 etcdctl --endpoints=a get --print-value-only /service/alpha/leader");
    assertThat(looks).allMatch(PromotionGateReader::looks);
    List<String> deeds =
        List.of(
            "curl -s -m2 -XPATCH -d{} http://198.18.1.11:8008/config",
            "curl -sf -m10 -XPATCH -d{} http://127.0.0.1:8008/config",
            "curl -s -m2 http://198.18.1.11:8008/restart",
            "curl -s -m2 http://198.18.1.11:8008/; rm x",
            "etcdctl put /service/alpha/leader x",
            "etcdctl get --print-value-only /service/alpha/leader; etcdctl del /service/alpha/leader --x",
            "psql -X -h /run/postgresql -d postgres -Atqc select pg_promote()",
            "");
    assertThat(deeds).noneMatch(PromotionGateReader::looks);
  }
}
