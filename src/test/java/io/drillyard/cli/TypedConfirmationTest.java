package io.drillyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Only the very name confirms, typed on a terminal or given beforehand. */
class TypedConfirmationTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private boolean confirms(@Nullable String given, boolean terminal, String typed) {
    return new TypedConfirmation(
            given,
            terminal,
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(said, true, StandardCharsets.UTF_8))
        .of("shop");
  }

  @Test
  void theNameTypedOnATerminal() {
    assertThat(confirms(null, true, "shop\n")).isTrue();
    assertThat(confirms(null, true, " shop \nmore")).isTrue();
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("Type the stanza's name");
  }

  @Test
  void anythingElseTypedIsNone() {
    for (String typed : new String[] {"", "\n", "y\n", "yes\n", "Shop\n", "shop shop\n", "sho"}) {
      assertThat(confirms(null, true, typed)).as(typed).isFalse();
    }
  }

  @Test
  void whatStandsInAPipeWasTypedByNobody() {
    assertThat(confirms(null, false, "shop\n")).isFalse();
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("no terminal", "--confirm");
  }

  @Test
  void whatWasGivenBeforehandIsNotAskedFor() {
    assertThat(confirms("shop", false, "")).isTrue();
    assertThat(confirms("sho", true, "shop\n")).isFalse();
    assertThat(confirms("", true, "shop\n")).isFalse();
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("not called so");
  }
}
