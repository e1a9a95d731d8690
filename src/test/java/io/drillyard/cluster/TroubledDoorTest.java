package io.drillyard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.target.Environment;
import java.util.List;
import org.junit.jupiter.api.Test;

class TroubledDoorTest {
  @Test
  void itVerifiesTheStoreBehindItAndKeepsTheRulesInOrder() {
    Environment.RepositoryState state =
        new Environment.RepositoryState(
            "f", "s3", "repo1", "s3.drillyard.test", 9000, "r", "", "b", "/p", 1, false);
    String text = TroubledDoor.configuration(state, 9444, List.of("first", "second"));
    assertThat(text)
        .contains("bind *:" + TroubledDoor.PORT + " ssl crt ")
        .contains("  first\n  second\n  default_backend store\n")
        .contains("127.0.0.1:9444 ssl verify required", "verifyhost s3.drillyard.test");
  }
}
