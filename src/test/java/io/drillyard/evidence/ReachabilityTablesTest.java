package io.drillyard.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.evidence.picture.EventsByKind;
import io.drillyard.evidence.text.MarkupWriter;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReachabilityTablesTest {
  private static Event.Reached path(String from, String to, String plane, String result) {
    return new Event.Reached(from, to, plane, result);
  }

  private static Event.Reachability matrix(String moment, Event.Reached... paths) {
    return new Event.Reachability(Interval.instant(1), moment, "cut", List.of(paths));
  }

  private static String html(Event... events) {
    MarkupWriter out = new MarkupWriter();
    new ReachabilityTables(out, new EventsByKind(List.of(events))).write();
    return out.toString();
  }

  @Test
  void eachCellShowsBeforeDuringAndAfter() {
    String html =
        html(
            matrix("before", path("pg1", "pg2", "replication", "CONNECTED")),
            matrix("during", path("pg1", "pg2", "replication", "SILENT")),
            matrix("after", path("pg1", "pg2", "replication", "REFUSED")));
    assertThat(html)
        .contains(
            "fault &#39;cut&#39;", ">+×+<", "before: CONNECTED, during: SILENT, after: REFUSED");
  }

  @Test
  void whatWasNotMeasuredIsNeverCalledReached() {
    String html =
        html(
            matrix("before", path("pg1", "pg2", "archive", "CONNECTED")),
            matrix("during", path("pg1", "pg2", "archive", "UNKNOWN")));
    assertThat(html).contains(">+??<", "after: not measured").doesNotContain("Reached all three");
  }

  @Test
  void aPlaneThatNothingHappenedToIsOneSentence() {
    Event.Reached path = path("pg1", "repo1", "archive", "CONNECTED");
    String html = html(matrix("before", path), matrix("during", path), matrix("after", path));
    assertThat(html).contains("on every path: archive (1 paths).").doesNotContain("<table");
  }

  @Test
  void nothingMeasuredIsNothingSaid() {
    assertThat(html()).isEmpty();
  }
}
