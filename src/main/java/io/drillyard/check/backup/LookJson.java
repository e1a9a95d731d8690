package io.drillyard.check.backup;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Looks and terms as JSON; whatever is missing is refused rather than read as nothing. */
public final class LookJson {
  private static final String KIND = "look";
  private static final String CONTRACTS = "contracts";

  /** By what a look is called on a ledger. */
  private static final Map<String, Class<? extends RungLook>> KINDS =
      Map.ofEntries(
          Map.entry("repository", RepositoryLook.class),
          Map.entry("information", InformationLook.class),
          Map.entry("backup-age", BackupAgeLook.class),
          Map.entry("continuity", ContinuityLook.class),
          Map.entry("branch", BranchLook.class),
          Map.entry("verify", VerifyLook.class),
          Map.entry("isolation", SandboxIsolationLook.class),
          Map.entry("restore", RestoreLook.class),
          Map.entry("recovery", RecoveryLook.class),
          Map.entry("acknowledged", AcknowledgedLook.class),
          Map.entry("checksums", ChecksumsLook.class),
          Map.entry("structure", StructureLook.class),
          Map.entry("dump", DumpLook.class),
          Map.entry("assertions", SqlAssertionsLook.class),
          Map.entry("freshness", FreshnessLook.class),
          Map.entry("settings", RestoredSettingsLook.class),
          Map.entry("restore-time", RestoreTimeLook.class),
          Map.entry("unchanged", UnchangedLook.class),
          Map.entry("removed", RemovedLook.class),
          Map.entry("context-restored", SingleContextLooks.Restored.class),
          Map.entry("context-brought-back", SingleContextLooks.BroughtBack.class),
          Map.entry("context-others", SingleContextLooks.Others.class),
          Map.entry("context-went-on", SingleContextLooks.WentOn.class));

  private static final Map<Class<? extends RungLook>, String> NAMES =
      KINDS.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addMixIn(RestoreChoice.Target.class, Targets.class)
          .build();

  /** How a target is told from another. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = RestoreChoice.Latest.class, name = "latest"),
    @JsonSubTypes.Type(value = RestoreChoice.Instantly.class, name = "time"),
    @JsonSubTypes.Type(value = RestoreChoice.BeforeBackup.class, name = "before-backup"),
    @JsonSubTypes.Type(value = RestoreChoice.AtSwitch.class, name = "at-switch"),
  })
  private interface Targets {}

  private LookJson() {}

  /** A look, for a ledger. */
  public static JsonNode write(RungLook look) {
    ObjectNode node = MAPPER.createObjectNode().put(KIND, NAMES.get(look.getClass()));
    node.setAll((ObjectNode) MAPPER.valueToTree(look));
    return node;
  }

  /** Terms, for a ledger. */
  public static JsonNode write(RestoreTerms terms) {
    return MAPPER.valueToTree(terms);
  }

  /**
   * A rung by its name in evidence.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public static Rung rung(String check) {
    for (Rung rung : Rung.values()) {
      if (rung.check().equals(check)) {
        return rung;
      }
    }
    throw new IllegalArgumentException("there is no rung " + check);
  }

  /**
   * What a rung looked at.
   *
   * @throws IllegalArgumentException when it is of no known shape
   */
  public static RungLook look(JsonNode node) {
    Class<? extends RungLook> kind = KINDS.get(node.path(KIND).asString(""));
    if (kind == null || !(node.deepCopy() instanceof ObjectNode own)) {
      throw new IllegalArgumentException("this is no look: " + node.path(KIND));
    }
    own.remove(KIND);
    return read(own, kind, node.path(KIND).asString());
  }

  /** Ledgers of before format 9 tell of no contracts. */
  static RestoreTerms terms(JsonNode node) {
    JsonNode whole = node;
    if (!node.has(CONTRACTS) && node.deepCopy() instanceof ObjectNode own) {
      whole = own.putNull(CONTRACTS);
    }
    return read(whole, RestoreTerms.class, "the test's terms");
  }

  private static <T> T read(JsonNode node, Class<T> kind, String name) {
    try {
      return MAPPER.treeToValue(node, kind);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(name + ": " + e.getOriginalMessage(), e);
    }
  }
}
