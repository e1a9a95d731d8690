package io.drillyard.declaration;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads who may order a promotion, and when, from beside the targets that it belongs to. */
final class ApprovalPolicyReader {
  private static final String APPROVERS = "approvers";
  private static final String NEEDED = "approvals_needed";
  private static final String EXECUTOR = "executor";
  private static final String WINDOW = "window";

  private ApprovalPolicyReader() {}

  /**
   * What is declared there; null when nothing is. Only to be called if no error was found.
   *
   * @param people everybody who may approve, by name
   */
  static @Nullable ApprovalPolicy read(YamlNode at, YamlNode people) {
    if (!at.get(APPROVERS).present() && !at.get(WINDOW).present()) {
      return null;
    }
    List<Approver> approvers = new ArrayList<>();
    at.get(APPROVERS).texts().forEach(name -> approvers.add(approver(name, people.get(name))));
    return new ApprovalPolicy(
        approvers.isEmpty() ? 0 : (int) at.get(NEEDED).number(1),
        at.get(EXECUTOR).text("apart").equals("apart"),
        List.copyOf(approvers),
        at.get(WINDOW).present() ? window(at.get(WINDOW).raw()) : null);
  }

  private static Approver approver(String name, YamlNode at) {
    return new Approver(
        name,
        at.get("key").raw(),
        moment(at.get("from").raw()),
        moment(at.get("until").raw()),
        at.get("revoked").present() ? moment(at.get("revoked").raw()) : null);
  }

  private static MaintenanceWindow window(String text) {
    int zone = text.lastIndexOf(' ');
    return MaintenanceWindow.parse(text.substring(zone + 1), text.substring(0, Math.max(0, zone)));
  }

  /** A day is its first moment in UTC. */
  private static Instant moment(String text) {
    try {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      return OffsetDateTime.parse(text).toInstant();
    }
  }

  /** Tells which of a file's approvers cannot stand there. */
  static void people(YamlNode people, DeclarationProblems problems) {
    Map<String, String> owners = new HashMap<>();
    people.fields().forEach((name, one) -> approver(name, one, owners, problems));
  }

  /** Tells what cannot stand there. */
  static void check(YamlNode at, YamlNode people, DeclarationProblems problems) {
    YamlNode approvers = at.get(APPROVERS);
    for (YamlNode name : approvers.items()) {
      if (!people.get(name.raw()).present()) {
        problems.error(
            name,
            "no approver is called '" + name.raw() + "'",
            NameSuggestion.remedy(name.raw(), people.fields().keySet()));
      }
    }
    YamlNode needed = at.get(NEEDED);
    for (String key : List.of(NEEDED, EXECUTOR)) {
      if (at.get(key).present() && !approvers.present()) {
        problems.error(
            at.get(key),
            "'%s' without 'approvers': nobody may approve".formatted(key),
            "Name approvers, or delete this line");
      }
    }
    long valid =
        approvers.texts().stream()
            .filter(name -> !people.get(name).get("revoked").present())
            .count();
    if (approvers.present() && needed.number(1) > valid) {
      problems.error(
          needed.present() ? needed : approvers,
          "%d approvals are needed, and %d approvers are not revoked"
              .formatted(needed.number(1), valid),
          "Name more approvers, or need fewer approvals");
    }
    if (at.get(WINDOW).present()) {
      try {
        window(at.get(WINDOW).raw());
      } catch (IllegalArgumentException e) {
        problems.error(
            at.get(WINDOW),
            String.valueOf(e.getMessage()),
            "Write such as 'SUN 01:00-05:00 Europe/Madrid', or '2026-12-05 22:00 - 2026-12-06 04:00 UTC'");
      }
    }
  }

  private static void approver(
      String name, YamlNode at, Map<String, String> owners, DeclarationProblems problems) {
    String key = at.get("key").raw();
    String same = canonical(key);
    if (at.get("key").present() && same == null) {
      problems.error(
          at.get("key"),
          "this is no Ed25519 public key",
          "Write what `drillyard keys` prints, or the line between BEGIN and END of its PEM file");
    }
    String other = owners.putIfAbsent(same == null ? key : same, name);
    if (other != null) {
      problems.error(
          at.get("key"),
          "'%s' and '%s' have the same key: one person would count as two".formatted(other, name),
          "Give each approver a key of their own");
    }
    Instant from = checked(at.get("from"), problems);
    Instant until = checked(at.get("until"), problems);
    checked(at.get("revoked"), problems);
    if (from != null && until != null && !until.isAfter(from)) {
      problems.error(at.get("until"), "the key ends before it begins", "Write a later 'until'");
    }
  }

  private static @Nullable Instant checked(YamlNode at, DeclarationProblems problems) {
    if (!at.present()) {
      return null;
    }
    try {
      return moment(at.raw());
    } catch (DateTimeException e) {
      problems.error(
          at,
          "'" + at.raw() + "' is no day and no moment",
          "Write a day such as 2026-12-31, or a moment such as 2026-12-31T12:00:00Z");
      return null;
    }
  }

  /** The key that a text holds, however it is written; null: it holds none. */
  private static @Nullable String canonical(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              KeyFactory.getInstance("Ed25519")
                  .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(text)))
                  .getEncoded());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return null;
    }
  }
}
