package io.drillyard.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.host.HostException;
import org.junit.jupiter.api.Test;

/** What {@code pg_controldata} prints. */
final class ControlFileTest {
  private static final ControlFile FILE =
      ControlFile.parse(
          """
          pg_control version number:            1700
          Database system identifier:           7713896997811208476
          Database cluster state:               shut down
          pg_control last modified:             Mon Nov 30 09:41:15 2026
          Latest checkpoint location:           0/13000028
          Latest checkpoint's TimeLineID:       2
          Latest checkpoint's PrevTimeLineID:   1
          a line of another form
          """);

  @Test
  void valuesAreToldByTheirNames() {
    assertThat(FILE.systemIdentifier()).isEqualTo("7713896997811208476");
    assertThat(FILE.timeline()).isEqualTo(2);
    assertThat(FILE.get("Database cluster state")).isEqualTo("shut down");
    assertThat(FILE.get("pg_control last modified")).isEqualTo("Mon Nov 30 09:41:15 2026");
  }

  @Test
  void whatIsNotToldIsNotMadeUp() {
    assertThat(FILE.find("max_connections setting")).isNull();
    assertThatThrownBy(() -> FILE.get("Bytes per WAL segment"))
        .isInstanceOf(HostException.class)
        .hasMessageContaining("Bytes per WAL segment");
    assertThatThrownBy(() -> ControlFile.parse("").timeline()).isInstanceOf(HostException.class);
    assertThat(ControlFile.parse("").systemIdentifier()).isNull();
  }
}
