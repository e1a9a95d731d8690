package io.drillyard.cluster;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Passwords of one run: generated, held in memory and on the hosts, and kept out of every report.
 */
public final class RunSecrets {
  private final SecureRandom random = new SecureRandom();
  private final Map<String, String> byPurpose = new LinkedHashMap<>();

  /** The secret for a purpose; the same purpose gives the same secret within a run. */
  public synchronized String of(String purpose) {
    return byPurpose.computeIfAbsent(
        purpose,
        p -> {
          byte[] bytes = new byte[16];
          random.nextBytes(bytes);
          return HexFormat.of().formatHex(bytes);
        });
  }

  /** Takes a secret that was made elsewhere, so that it is kept out of every report, too. */
  public synchronized void keep(String purpose, String secret) {
    String known = byPurpose.put(purpose, secret);
    if (known != null && !known.equals(secret)) {
      byPurpose.put("former " + purpose, known);
    }
  }

  /** The text with every secret of this run replaced by its purpose. */
  public synchronized String redact(String text) {
    String redacted = text;
    for (Map.Entry<String, String> secret : byPurpose.entrySet()) {
      redacted = redacted.replace(secret.getValue(), "[" + secret.getKey() + " withheld]");
    }
    return redacted;
  }

  /** Where something failed, with its causes; no secret that a cause may quote. */
  public String redact(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return redact(text.toString());
  }

  /** Never the secrets. */
  @Override
  public String toString() {
    return "Secrets[" + byPurpose.size() + "]";
  }
}
