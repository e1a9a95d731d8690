package io.drillyard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Every secret that was ever kept is withheld. */
class RunSecretsTest {
  @Test
  void aSecondOneOfTheSamePurposeDoesNotUncoverTheFirst() {
    RunSecrets secrets = new RunSecrets();
    secrets.keep("account's key", "first-hidden");
    secrets.keep("account's key", "first-hidden");
    secrets.keep("account's key", "second-hidden");
    assertThat(secrets.redact("tried first-hidden and second-hidden"))
        .doesNotContain("hidden")
        .contains("[account's key withheld]", "[former account's key withheld]");
    assertThat(secrets.toString()).doesNotContain("hidden");
  }
}
