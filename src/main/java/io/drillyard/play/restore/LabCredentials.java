package io.drillyard.play.restore;

import io.drillyard.repository.Credentials;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a launcher hands to a lab that is to read an external repository.
 *
 * @param ca PEM of the only CA that is trusted; null: those of the machine
 * @param passphrase that the repository is encrypted with; null: it is not
 */
public record LabCredentials(
    Credentials credentials, @Nullable String ca, @Nullable String passphrase) {
  private static final JsonMapper JSON = new JsonMapper();

  /** As one text; a secret. */
  public String write() {
    Map<String, @Nullable String> fields = new LinkedHashMap<>();
    switch (credentials) {
      case Credentials.Keys keys -> put(fields, "keys", keys.accessKey(), keys.secretKey());
      case Credentials.TemporaryKeys lent -> {
        put(fields, "temporary", lent.accessKey(), lent.secretKey());
        fields.put("session", lent.session());
      }
      case Credentials.Token token -> put(fields, "token", "", token.token());
      case Credentials.SharedKey shared -> put(fields, "key", shared.account(), shared.key());
      case Credentials.SharedAccess shared ->
          put(fields, "signature", shared.account(), shared.signature());
      case Credentials.InFile file -> throw unfit();
      case Credentials.Chain chain -> throw unfit();
    }
    if (ca != null) {
      fields.put("ca", ca);
    }
    if (passphrase != null) {
      fields.put("passphrase", passphrase);
    }
    return JSON.writeValueAsString(fields);
  }

  private static void put(
      Map<String, @Nullable String> fields, String kind, String who, String secret) {
    fields.put("kind", kind);
    fields.put("who", who);
    fields.put("secret", secret);
  }

  private IllegalArgumentException unfit() {
    return new IllegalArgumentException(credentials.words() + " cannot be handed on");
  }

  /** From the text. */
  static LabCredentials read(String text) {
    JsonNode fields = JSON.readTree(text);
    String who = fields.path("who").asString();
    String secret = fields.path("secret").asString();
    Credentials credentials =
        switch (fields.path("kind").asString()) {
          case "keys" -> new Credentials.Keys(who, secret);
          case "temporary" ->
              new Credentials.TemporaryKeys(who, secret, fields.path("session").asString());
          case "token" -> new Credentials.Token(secret);
          case "key" -> new Credentials.SharedKey(who, secret);
          case "signature" -> new Credentials.SharedAccess(who, secret);
          default -> throw new IllegalArgumentException("unknown kind of credentials");
        };
    return new LabCredentials(credentials, text(fields, "ca"), text(fields, "passphrase"));
  }

  private static @Nullable String text(JsonNode fields, String name) {
    return fields.has(name) ? fields.path(name).asString() : null;
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return credentials.words();
  }
}
