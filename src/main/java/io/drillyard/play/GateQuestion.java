package io.drillyard.play;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody asks a running drill whether a promotion would be safe now.
 *
 * @param id unique; the answer on the ledger bears it
 * @param candidate name or scope of the cluster that would be promoted; null: the only one that
 *     does not serve
 * @param other name or scope of the one that it would take over from; null: the one that serves
 */
public record GateQuestion(String id, @Nullable String candidate, @Nullable String other) {
  /** Folder below a drill's own that receives questions, one file each. */
  public static final String INBOX = "gate";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** As JSON. */
  public String json() {
    return JSON.writeValueAsString(this);
  }

  /** From JSON. */
  static GateQuestion parse(String json) {
    return JSON.readValue(json, GateQuestion.class);
  }
}
