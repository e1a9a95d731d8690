package io.drillyard.declaration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One declared cluster, and what it is to the others.
 *
 * @param name under which it is declared; plans and other clusters name it by this
 * @param kind {@code patroni}
 * @param serves clients use it at the start; true of exactly one
 * @param restoredFrom name of the cluster whose backups it is made from when it is needed; null: it
 *     is not
 * @param follows name of the cluster that it follows from the start, as a Patroni standby cluster;
 *     null: it follows none
 * @param byArchive it follows by the other one's archive alone, and does not stream from it
 * @param scope Patroni's scope, and the pgBackRest stanza
 * @param members inventory names of the PostgreSQL hosts; Patroni names are the same
 * @param etcd inventory names of the etcd hosts; the same hosts as members, or others
 * @param etcdSecurity how they are secured
 * @param patroni dynamic configuration, passed through as it is ({@code ttl}, {@code loop_wait},
 *     {@code synchronous_mode} …), without {@code postgresql}
 * @param parameters PostgreSQL parameters, passed through
 * @param pgbackrest pgBackRest options for the global section, passed through
 * @param archivePath path inside the bucket that its first incarnation archives to
 * @param incarnation 1 as it is declared; a cluster that is rebuilt on the same hosts is the next
 * @param tags Patroni's tags by member, passed through ({@code replicatefrom}, {@code nofailover}
 *     …)
 */
public record ClusterPlan(
    String name,
    String kind,
    boolean serves,
    @Nullable String restoredFrom,
    @Nullable String follows,
    boolean byArchive,
    String scope,
    List<String> members,
    List<String> etcd,
    EtcdSecurity etcdSecurity,
    Map<String, Object> patroni,
    Map<String, String> parameters,
    Map<String, String> pgbackrest,
    String archivePath,
    int incarnation,
    Map<String, Map<String, Object>> tags) {
  /** Patroni's tag for the member that another one streams from while that is no leader. */
  public static final String REPLICATE_FROM = "replicatefrom";

  private static final String NO_STREAM = "nostream";

  /** One that streams from whom it follows, if it follows anybody. */
  public ClusterPlan(
      String name,
      String kind,
      boolean serves,
      @Nullable String restoredFrom,
      @Nullable String follows,
      String scope,
      List<String> members,
      List<String> etcd,
      EtcdSecurity etcdSecurity,
      Map<String, Object> patroni,
      Map<String, String> parameters,
      Map<String, String> pgbackrest,
      String archivePath,
      int incarnation,
      Map<String, Map<String, Object>> tags) {
    this(
        name,
        kind,
        serves,
        restoredFrom,
        follows,
        false,
        scope,
        members,
        etcd,
        etcdSecurity,
        patroni,
        parameters,
        pgbackrest,
        archivePath,
        incarnation,
        tags);
  }

  /** True of one that follows another from the start. */
  public boolean standby() {
    return follows != null;
  }

  /** The cluster that it follows or is restored from; null of one that depends on none. */
  public @Nullable String dependsOn() {
    return follows == null ? restoredFrom : follows;
  }

  /**
   * Path inside the bucket that this incarnation archives to. Each has one of its own, so that no
   * history is ever written into another's.
   */
  public String repositoryPath() {
    return incarnation == 1 ? archivePath : archivePath + "-" + incarnation;
  }

  /** What the keys of everything below {@link #repositoryPath} begin with. */
  public String repositoryPrefix() {
    String path = repositoryPath().replaceFirst("^/", "");
    return path.isEmpty() ? "" : path + "/";
  }

  /**
   * The next incarnation, on the same hosts and under the same scope: its data and its etcd are
   * made anew, and it follows another cluster.
   *
   * @param followed name of that cluster
   */
  public ClusterPlan rebuilt(String followed) {
    return new ClusterPlan(
        name,
        kind,
        false,
        null,
        followed,
        scope,
        members,
        etcd,
        etcdSecurity,
        patroni,
        parameters,
        pgbackrest,
        archivePath,
        incarnation + 1,
        tags);
  }

  /** Its account at the repository: each incarnation has its own, as it has a path. */
  public String account() {
    return incarnation == 1 ? scope : scope + "-" + incarnation;
  }

  /** The member that another one is told to stream from; null: the leader. */
  public @Nullable String upstream(String member) {
    Object upstream = tags.getOrDefault(member, Map.of()).get(REPLICATE_FROM);
    return upstream == null ? null : String.valueOf(upstream);
  }

  /** True when standbys may stream from a standby. */
  public boolean cascades() {
    return standby() || members.stream().anyMatch(m -> upstream(m) != null);
  }

  /** True of a member that Patroni may take for a synchronous standby. */
  public boolean maySynchronise(String member) {
    return !PatroniValue.on(tags.getOrDefault(member, Map.of()).get("nosync"));
  }

  /**
   * True of a member that streams, from the leader or through others; false of one that is told not
   * to ({@code nostream}: it reads the archive), and of those that stream from it.
   */
  public boolean streams(String member) {
    String at = member;
    for (int i = 0; i <= members.size() && at != null; i++) {
      if (PatroniValue.on(tags.getOrDefault(at, Map.of()).get(NO_STREAM))) {
        return false;
      }
      at = upstream(at);
    }
    return true;
  }

  /**
   * Declared replication slots by name, with the database of a logical one, else empty. Those that
   * bear the names of members are theirs: Patroni makes none of the leader's own name.
   */
  public Map<String, String> slots() {
    List<String> own = members.stream().map(ClusterPlan::slotName).toList();
    Map<String, String> slots = new LinkedHashMap<>();
    if (patroni.get("slots") instanceof Map<?, ?> declared) {
      declared.forEach(
          (name, slot) -> {
            if (own.contains(String.valueOf(name))) {
              return;
            }
            Object database = slot instanceof Map<?, ?> one ? one.get("database") : null;
            slots.put(String.valueOf(name), database == null ? "" : String.valueOf(database));
          });
    }
    return slots;
  }

  /** A whole number of the dynamic configuration, in quotes or not, as Patroni takes it. */
  public int patroniNumber(String key, int otherwise) {
    Long number = PatroniValue.whole(patroni.get(key));
    return number == null || number != number.intValue() ? otherwise : number.intValue();
  }

  /** True when the declared {@code synchronous_mode} is on or quorum. */
  public boolean synchronous() {
    return PatroniValue.synchronous(patroni.get("synchronous_mode"));
  }

  /**
   * The replication slot that Patroni makes for a name: lower case, dashes and dots as underscores,
   * other characters by their code point, 63 at the most (patroni/dcs/__init__.py,
   * slot_name_from_member_name).
   */
  public static String slotName(String name) {
    StringBuilder slot = new StringBuilder();
    name.toLowerCase(Locale.ROOT)
        .codePoints()
        .forEach(
            c -> {
              if (c == '-' || c == '.') {
                slot.append('_');
              } else if (c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                slot.appendCodePoint(c);
              } else {
                slot.append("u%04d".formatted(c));
              }
            });
    return slot.substring(0, Math.min(63, slot.length()));
  }
}
