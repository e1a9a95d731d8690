package io.drillyard.declaration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may approve.
 *
 * @param name as it stands in approvals
 * @param key Ed25519 public key: the SubjectPublicKeyInfo of RFC 8410, base64, as between the lines
 *     of a PEM file
 * @param from the first moment at which an approval given with that key counts
 * @param until the first at which none counts any more
 * @param revoked from then on the key is not trusted, whatever it signed and when it says that it
 *     did; null: it was not revoked
 */
public record Approver(
    String name, String key, Instant from, Instant until, @Nullable Instant revoked) {}
