package io.drillyard.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a drill does not check: records keep codes, and readers write the sentences. A code may have
 * a word behind a colon, such as the name of a database.
 */
public final class NotCheckedSentences {
  /** Other databases than the one behind the colon. */
  public static final String OTHER_DATABASES = "other-databases:";

  private static final String OTHER_BEGIN = "Other databases than ";
  private static final String OTHER_END = ", and the application's own invariants.";

  private static final Map<String, String> SENTENCES = new LinkedHashMap<>();

  /** What no drill checks: a record of format 1 that does not say so was edited. */
  private static final List<String> ALWAYS =
      List.of("tls", "fsync", "failback", "failure-domains", "latency");

  static {
    SENTENCES.put(
        "tls",
        "TLS between etcd members, on Patroni's REST interface and on SQL connections (plain in the"
            + " lab).");
    SENTENCES.put(
        "fsync",
        "Durability of fsync: a host's power-off leaves its page cache; torn and lost disk writes"
            + " were not produced.");
    SENTENCES.put(
        "restore", "That the backup restores: it was taken, not restored, in this drill.");
    SENTENCES.put("restore-later", "That the backup restores on any other date than this run's.");
    SENTENCES.put(
        "people",
        "How long people take to notice and to come; and to decide, unless the run waited for"
            + " somebody to approve: what a drill approves itself takes no time, and what is measured"
            + " then is the machinery alone.");
    SENTENCES.put(
        "storm-service",
        "Service while faults are in force: nobody declares it for several at once.");
    SENTENCES.put(
        "storm-disks",
        "Losses that only a second loss of a disk would show: one disk is lost at most.");
    SENTENCES.put(
        "storm-loss",
        "Data loss: the context declares asynchronous replication, and no bound for several faults"
            + " at once.");
    SENTENCES.put(
        "storm-seeds", "Any other schedule: one that is met says nothing of the next seed.");
    SENTENCES.put(
        "approvals",
        "Who approves a promotion: this drill orders none for which anybody would be asked.");
    SENTENCES.put(
        "other-sites",
        "Replicas at other sites: the context declares some, and at no other site of this environment"
            + " members stream when the drill begins.");
    SENTENCES.put("failback", "Failback to a rebuilt primary site.");
    SENTENCES.put(
        "failure-domains",
        "Independence of failure domains: all hosts share one machine, its clock and its kernel.");
    SENTENCES.put("latency", "Latency, jitter and packet loss short of a full cut.");
    SENTENCES.put("proxy", "Clients behind a proxy or a pooler.");
  }

  private NotCheckedSentences() {}

  /** The sentence of a code; a code that is not known here stands for itself. */
  public static String sentence(String code) {
    return code.startsWith(OTHER_DATABASES)
        ? OTHER_BEGIN + code.substring(OTHER_DATABASES.length()) + OTHER_END
        : SENTENCES.getOrDefault(code, code);
  }

  /** Codes of the sentences of a record of format 1; what is none of ours is left out. */
  static List<String> codes(List<String> sentences) {
    List<String> codes = new ArrayList<>();
    SENTENCES.forEach(
        (code, sentence) -> {
          if (ALWAYS.contains(code) || sentences.contains(sentence)) {
            codes.add(code);
          }
        });
    for (String sentence : sentences) {
      if (sentence.startsWith(OTHER_BEGIN) && sentence.endsWith(OTHER_END)) {
        codes.add(
            OTHER_DATABASES
                + sentence.substring(OTHER_BEGIN.length(), sentence.length() - OTHER_END.length()));
      }
    }
    return List.copyOf(codes);
  }
}
