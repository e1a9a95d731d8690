package io.drillyard.signature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A signed text: DSSE, version 1.0.2 of its protocol (secure-systems-lab/dsse). What is signed is
 * the pre-authentication encoding of type and content, so that no text of one type passes as one of
 * another.
 *
 * @param payloadType what the content is
 * @param payload the content, base64
 * @param signatures by whoever signed it
 */
public record SignedEnvelope(String payloadType, String payload, List<Signed> signatures) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Longer ones are no approvals and no statements. */
  private static final int LONGEST = 1_000_000;

  /**
   * One signature.
   *
   * @param keyid which key to try, {@link SignatureKeys#id}; proves nothing
   * @param sig of the pre-authentication encoding, base64
   */
  public record Signed(String keyid, String sig) {}

  /** Signs a content. */
  public static SignedEnvelope of(
      String payloadType, byte[] content, PrivateKey key, String publicKey) {
    byte[] signed = SignatureKeys.sign(key, preAuthentication(payloadType, content));
    return new SignedEnvelope(
        payloadType,
        Base64.getEncoder().encodeToString(content),
        List.of(
            new Signed(SignatureKeys.id(publicKey), Base64.getEncoder().encodeToString(signed))));
  }

  /**
   * Reads one from its JSON.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static SignedEnvelope parse(String json) {
    if (json.length() > LONGEST) {
      throw new IllegalArgumentException("no envelope is as long as that");
    }
    try {
      SignedEnvelope envelope = JSON.readValue(json, SignedEnvelope.class);
      if (envelope == null
          || envelope.payloadType() == null
          || envelope.payload() == null
          || envelope.signatures() == null) {
        throw new IllegalArgumentException("an envelope has payloadType, payload and signatures");
      }
      envelope.content();
      return envelope;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("no envelope: " + e.getOriginalMessage(), e);
    }
  }

  /** As JSON, on one line. */
  public String json() {
    return JSON.writeValueAsString(this);
  }

  /** What was signed. */
  public byte[] content() {
    return Base64.getDecoder().decode(payload);
  }

  /**
   * True when one of its signatures is by that key.
   *
   * @param publicKey as declarations have it; one that is none signed nothing
   */
  public boolean signedBy(String publicKey) {
    byte[] bytes = preAuthentication(payloadType, content());
    return signatures.stream().anyMatch(one -> signed(publicKey, bytes, one));
  }

  private static boolean signed(String publicKey, byte[] bytes, @Nullable Signed one) {
    try {
      return one != null
          && SignatureKeys.signed(
              SignatureKeys.read(publicKey), bytes, Base64.getDecoder().decode(one.sig()));
    } catch (IllegalArgumentException | NullPointerException e) {
      // Neither a key nor a signature.
      return false;
    }
  }

  /** {@code DSSEv1 LENGTH TYPE LENGTH CONTENT}, lengths in bytes. */
  static byte[] preAuthentication(String payloadType, byte[] content) {
    byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("DSSEv1 %d ".formatted(type.length).getBytes(StandardCharsets.UTF_8));
    out.writeBytes(type);
    out.writeBytes(" %d ".formatted(content.length).getBytes(StandardCharsets.UTF_8));
    out.writeBytes(content);
    return out.toByteArray();
  }
}
