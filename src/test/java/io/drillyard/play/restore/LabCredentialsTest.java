package io.drillyard.play.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.repository.Credentials;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is entrusted to a lab arrives as it was, and is never printed. */
class LabCredentialsTest {
  private static final List<Credentials> ALL =
      List.of(
          new Credentials.Keys("who", "hidden"),
          new Credentials.TemporaryKeys("who", "hidden", "session"),
          new Credentials.Token("hidden"),
          new Credentials.SharedKey("who", "hidden"),
          new Credentials.SharedAccess("who", "hidden"));

  @Test
  void itArrivesAsItWas() {
    for (Credentials credentials : ALL) {
      for (LabCredentials given :
          List.of(
              new LabCredentials(credentials, null, null),
              new LabCredentials(credentials, "CA", "open sesame"))) {
        assertThat(LabCredentials.read(given.write())).isEqualTo(given);
        assertThat(given.toString()).doesNotContain("hidden", "session", "sesame");
      }
    }
  }

  @Test
  void whatOnlyThisMachineHasCannotBeHandedOn() {
    for (Credentials credentials :
        List.of(new Credentials.Chain(), new Credentials.InFile(Path.of("x")))) {
      assertThatThrownBy(() -> new LabCredentials(credentials, null, null).write())
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
