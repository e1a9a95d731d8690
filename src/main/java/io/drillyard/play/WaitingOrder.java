package io.drillyard.play;

import io.drillyard.ledger.ApprovalAsked;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An order of a running drill that waits for approval, as whoever approves reads it.
 *
 * @param scenario full class name
 * @param order what has to be approved
 */
public record WaitingOrder(
    String scenario, String environment, String context, ApprovalAsked.Order order) {
  /** Its name in a drill's folder. */
  public static final String FILE = "approval-wanted.json";

  /** Folder beside it that receives approvals, one file each. */
  public static final String INBOX = "approvals";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** As JSON. */
  public String json() {
    return JSON.writeValueAsString(this);
  }

  /** From JSON. */
  public static WaitingOrder parse(String json) {
    return JSON.readValue(json, WaitingOrder.class);
  }

  /** Approvals as the launcher passes them on to the drill: every time all that there are. */
  public static String packed(List<String> envelopes) {
    return JSON.writeValueAsString(envelopes);
  }

  /** The same, unpacked. */
  static List<String> unpacked(String packed) {
    return List.of(JSON.readValue(packed, String[].class));
  }
}
