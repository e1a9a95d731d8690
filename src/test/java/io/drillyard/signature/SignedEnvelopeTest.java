package io.drillyard.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is signed is type and content, and nothing passes that was changed. */
class SignedEnvelopeTest {
  private static final KeyPair KEYS = SignatureKeys.generate();
  private static final String KEY = SignatureKeys.text(KEYS.getPublic());
  private static final String OTHER = SignatureKeys.text(SignatureKeys.generate().getPublic());

  private static SignedEnvelope signed() {
    return SignedEnvelope.of("a/b", "hello".getBytes(UTF_8), KEYS.getPrivate(), KEY);
  }

  /** The example of DSSE's protocol. */
  @Test
  void theEncodingIsTheOneOfTheProtocol() {
    assertThat(
            SignedEnvelope.preAuthentication(
                "http://example.com/HelloWorld", "hello world".getBytes(UTF_8)))
        .asString(UTF_8)
        .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    assertThat(SignedEnvelope.preAuthentication("ä", "é".getBytes(UTF_8)))
        .asString(UTF_8)
        .isEqualTo("DSSEv1 2 ä 2 é");
  }

  /** RFC 8032, section 7.1, test 2: the key's own bytes, behind the prefix of RFC 8410. */
  @Test
  void aKnownSignatureIsVerified() {
    byte[] raw =
        java.util.HexFormat.of()
            .parseHex(
                "302a300506032b6570032100"
                    + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    byte[] signature =
        java.util.HexFormat.of()
            .parseHex(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                    + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    var key = SignatureKeys.read(Base64.getEncoder().encodeToString(raw));
    assertThat(SignatureKeys.signed(key, new byte[] {0x72}, signature)).isTrue();
    assertThat(SignatureKeys.signed(key, new byte[] {0x73}, signature)).isFalse();
    assertThat(SignatureKeys.signed(key, new byte[] {0x72}, new byte[3])).isFalse();
  }

  @Test
  void whoSignedIsKnown() {
    SignedEnvelope envelope = signed();
    assertThat(envelope.signedBy(KEY)).isTrue();
    assertThat(envelope.signedBy(OTHER)).isFalse();
    assertThat(envelope.signedBy("no key")).isFalse();
    assertThat(envelope.content()).asString(UTF_8).isEqualTo("hello");
    assertThat(SignedEnvelope.parse(envelope.json())).isEqualTo(envelope);
    assertThat(envelope.signatures().getFirst().keyid())
        .isEqualTo(SignatureKeys.id(KEY))
        .hasSize(64)
        .isNotEqualTo(SignatureKeys.id(OTHER));
  }

  @Test
  void anotherContentOrTypeIsNotSigned() {
    SignedEnvelope one = signed();
    String other = Base64.getEncoder().encodeToString("hallo".getBytes(UTF_8));
    assertThat(new SignedEnvelope("a/b", other, one.signatures()).signedBy(KEY)).isFalse();
    assertThat(new SignedEnvelope("a/c", one.payload(), one.signatures()).signedBy(KEY)).isFalse();
    assertThat(new SignedEnvelope("a/b", one.payload(), List.of()).signedBy(KEY)).isFalse();
    assertThat(
            new SignedEnvelope(
                    "a/b", one.payload(), List.of(new SignedEnvelope.Signed("x", "no signature")))
                .signedBy(KEY))
        .isFalse();
    // The right one may stand behind others.
    assertThat(
            new SignedEnvelope(
                    "a/b",
                    one.payload(),
                    List.of(new SignedEnvelope.Signed("x", "AAAA"), one.signatures().getFirst()))
                .signedBy(KEY))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "[]",
        "{\"payloadType\":\"a\",\"payload\":\"AA==\"}",
        "{\"payloadType\":\"a\",\"payload\":\"*\",\"signatures\":[]}",
        "{\"payloadType\":\"a\",\"payload\":\"AA==\",\"signatures\":[]} x",
        "{\"payloadType\":\"a\",\"payload\":\"AA==\",\"signatures\":3}",
      })
  void whatIsNoEnvelopeIsRefused(String json) {
    assertThatThrownBy(() -> SignedEnvelope.parse(json))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingEndlessIsRead() {
    assertThatThrownBy(() -> SignedEnvelope.parse(" ".repeat(1_000_001)))
        .hasMessageContaining("as long");
  }

  @Test
  void whatIsNoKeyIsRefused() {
    assertThatThrownBy(() -> SignatureKeys.read("AAAA")).hasMessageContaining("no Ed25519");
    assertThatThrownBy(() -> SignatureKeys.read("*")).isInstanceOf(IllegalArgumentException.class);
  }
}
