package io.drillyard.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a host was given to do: not what only looked there. */
class CommandLogTest {
  @Test
  void whatLooksIsNotCounted() {
    CommandLog log = new CommandLog();
    log.add(Command.of("touch", "a"));
    long before = log.count();
    log.add(
        Command.of("cat", "a").looking().as("postgres").within(java.time.Duration.ofSeconds(1)));
    assertThat(log.count()).isEqualTo(before);
    assertThat(log.since(before)).isEmpty();
    log.add(Command.of("rm", "a").reading("x"));
    assertThat(log.count()).isEqualTo(before + 1);
    assertThat(log.since(before)).containsExactly("rm a");
  }

  @Test
  void theNewestAreKept() {
    CommandLog log = new CommandLog();
    for (int i = 0; i < 120; i++) {
      log.add(Command.of("touch", Integer.toString(i)));
    }
    assertThat(log.since(0)).hasSize(50).endsWith("touch 119");
    assertThat(log.since(118)).containsExactly("touch 118", "touch 119");
    assertThat(log.since(121)).isEmpty();
  }
}
