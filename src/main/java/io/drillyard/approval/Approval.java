package io.drillyard.approval;

import io.drillyard.ledger.ApprovalAsked;
import io.drillyard.ledger.Sha256;
import io.drillyard.signature.SignedEnvelope;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an approver signs.
 *
 * @param id unique; what marks it as used bears it
 * @param approver name, as declared
 * @param reason in words
 * @param subject what is approved; its run is empty where it is bound to none
 * @param standing it may be used again while it is valid; otherwise once
 * @param given ISO-8601 UTC
 * @param expires ISO-8601 UTC
 * @param consentMs how much may be lost, milliseconds; null: nothing
 * @param fence who attests that the other side cannot write, and how; null: nobody
 */
public record Approval(
    String id,
    String approver,
    String reason,
    ApprovalAsked.Subject subject,
    boolean standing,
    String given,
    String expires,
    @Nullable Double consentMs,
    @Nullable FenceAttestation fence) {
  /** What the content of its envelope is. */
  public static final String TYPE = "application/vnd.drillyard.approval.v1+json";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * That the other side cannot write, where no machine could see it.
   *
   * @param by who fenced it
   * @param how such as {@code switched off at the rack's power distribution}
   * @param when ISO-8601 UTC
   */
  public record FenceAttestation(String by, String how, String when) {}

  /** Signed, as it is handed in. */
  public SignedEnvelope sign(PrivateKey key, String publicKey) {
    return SignedEnvelope.of(
        TYPE, JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8), key, publicKey);
  }

  /**
   * What an envelope holds, whoever signed it.
   *
   * @throws IllegalArgumentException if it holds no approval
   */
  public static Approval of(SignedEnvelope envelope) {
    if (!envelope.payloadType().equals(TYPE)) {
      throw new IllegalArgumentException(
          "this is signed as another thing: " + envelope.payloadType());
    }
    try {
      Approval approval = JSON.readValue(envelope.content(), Approval.class);
      if (approval.subject() == null || approval.approver() == null || approval.id() == null) {
        throw new IllegalArgumentException(
            "an approval names itself, its approver and its subject");
      }
      Instant.parse(approval.given());
      Instant.parse(approval.expires());
      FenceAttestation fence = approval.fence();
      if (fence != null) {
        if (fence.by().isBlank() || fence.how().isBlank()) {
          throw new IllegalArgumentException("an attestation says who fenced, and how");
        }
        Instant.parse(fence.when());
      }
      return approval;
    } catch (JacksonException | DateTimeException | NullPointerException e) {
      throw new IllegalArgumentException("no approval: " + e.getMessage(), e);
    }
  }

  /**
   * What marks it as used. By all that was signed: an approval cannot be used twice by another's
   * id.
   */
  public static String use(SignedEnvelope envelope) {
    return Sha256.of(envelope.content());
  }
}
