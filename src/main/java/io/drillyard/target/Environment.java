package io.drillyard.target;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A topology to build: sites and hosts (from its inventory), clusters, repository, client route,
 * storage.
 *
 * @param name file name without {@code .yaml}
 * @param lane {@code baseline} (others come later)
 * @param image node image recipe: {@code trixie} or {@code bookworm}
 * @param adjustableClock Patroni and PostgreSQL read the wall clock through libfaketime
 * @param primary the cluster that serves at the start
 * @param second where every cluster archives and backs up to besides, if anywhere
 * @param recovery the cluster that is restored at another site when the first is lost, if any
 * @param notCarried what the site that it stands for has, and a lab has not
 */
public record Environment(
    String name,
    String lane,
    String image,
    boolean adjustableClock,
    Storage storage,
    Inventory inventory,
    RepositoryState repository,
    @Nullable RepositoryState second,
    ClusterPlan primary,
    @Nullable ClusterPlan recovery,
    Route route,
    Load load,
    Set<NotCarried> notCarried) {

  /** Every repository; the first is pgBackRest's repository 1. */
  public List<RepositoryState> repositories() {
    return second == null ? List.of(repository) : List.of(repository, second);
  }

  /** The same environment on other hosts. */
  public Environment with(Inventory hosts) {
    return new Environment(
        name,
        lane,
        image,
        adjustableClock,
        storage,
        hosts,
        repository,
        second,
        primary,
        recovery,
        route,
        load,
        notCarried);
  }

  /**
   * Where the bytes lie.
   *
   * @param kind {@code memory} (tmpfs, size-limited volumes) or {@code disk} (no limits)
   * @param limits per volume ({@code root}, {@code data}, {@code etcd}; {@code wal} and {@code
   *     spool} where they have volumes of their own), bytes; memory only
   */
  public record Storage(String kind, Map<String, Long> limits) {
    /** True when PostgreSQL's WAL lies on a volume of its own. */
    public boolean walApart() {
      return limits.containsKey("wal");
    }
  }

  /**
   * What {@code inventory_state_ref} resolves to: the only place where addresses stand.
   *
   * @param file it was read from
   */
  public record Inventory(String file, List<SitePlan> sites) {
    /** The host of that name. */
    public HostPlan host(String name) {
      return sites.stream()
          .flatMap(s -> s.hosts().stream())
          .filter(h -> h.name().equals(name))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no host named " + name));
    }
  }

  /**
   * A site: a failure domain with a data network of its own.
   *
   * @param subnet CIDR inside 198.18.0.0/15, a /24; {@code .1} is the router, {@code .200} the
   *     harness's client address
   */
  public record SitePlan(String name, String subnet, List<HostPlan> hosts) {}

  /** A host and its data address. */
  public record HostPlan(String name, String site, String address) {}

  /**
   * What {@code repo_state_ref} resolves to: the only place where bucket and endpoint stand.
   *
   * @param type {@code s3}, {@code minio}, {@code gcs} or {@code azure}
   * @param host inventory name of the host that serves it
   * @param endpoint DNS name that its certificate is made out to
   * @param region of S3 and MinIO; empty for the others
   * @param account of Azure; empty for the others
   * @param bucket or container
   * @param retentionFull full backups kept
   * @param versions the bucket keeps what is overwritten or deleted, and can lock objects where the
   *     server can
   */
  public record RepositoryState(
      String file,
      String type,
      String host,
      String endpoint,
      int port,
      String region,
      String account,
      String bucket,
      String path,
      int retentionFull,
      boolean versions) {
    /** True where the account stands in the endpoint's name, as in Azure's cloud. */
    public boolean namesAccount() {
      return !account.isEmpty() && endpoint.startsWith(account + ".");
    }

    /** The same repository behind another port. */
    public RepositoryState at(int otherPort) {
      return at(endpoint, otherPort);
    }

    /** The same repository by another name, and behind another port. */
    public RepositoryState at(String otherName, int otherPort) {
      return new RepositoryState(
          file,
          type,
          host,
          otherName,
          otherPort,
          region,
          account,
          bucket,
          path,
          retentionFull,
          versions);
    }
  }

  /**
   * One Patroni cluster.
   *
   * @param scope Patroni's scope, and the pgBackRest stanza
   * @param members inventory names of the PostgreSQL hosts; Patroni names are the same
   * @param etcd inventory names of the etcd hosts; the same hosts as members, or others
   * @param patroni dynamic configuration, passed through as it is ({@code ttl}, {@code loop_wait},
   *     {@code synchronous_mode} …), without {@code postgresql}
   * @param parameters PostgreSQL parameters, passed through
   * @param pgbackrest pgBackRest options for the global section, passed through
   * @param repositoryPath path inside the bucket that this cluster archives to
   * @param tags Patroni's tags by member, passed through ({@code replicatefrom}, {@code nofailover}
   *     …)
   * @param standby it follows the primary cluster from the start, as a standby cluster
   */
  public record ClusterPlan(
      String scope,
      List<String> members,
      List<String> etcd,
      Map<String, Object> patroni,
      Map<String, String> parameters,
      Map<String, String> pgbackrest,
      String repositoryPath,
      Map<String, Map<String, Object>> tags,
      boolean standby) {
    /** Patroni's tag for the member that another one streams from while that is no leader. */
    public static final String REPLICATE_FROM = "replicatefrom";

    private static final String NO_STREAM = "nostream";

    /** The member that another one is told to stream from; null: the leader. */
    public @Nullable String upstream(String member) {
      Object upstream = tags.getOrDefault(member, Map.of()).get(REPLICATE_FROM);
      return upstream == null ? null : String.valueOf(upstream);
    }

    /** True when standbys may stream from a standby. */
    public boolean cascades() {
      return standby || members.stream().anyMatch(m -> upstream(m) != null);
    }

    /** True of a member that Patroni may take for a synchronous standby. */
    public boolean maySynchronise(String member) {
      return !PatroniValue.on(tags.getOrDefault(member, Map.of()).get("nosync"));
    }

    /**
     * True of a member that streams, from the leader or through others; false of one that is told
     * not to ({@code nostream}: it reads the archive), and of those that stream from it.
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
     * Declared replication slots by name, with the database of a logical one, else empty. Those
     * that bear the names of members are theirs: Patroni makes none of the leader's own name.
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
     * The replication slot that Patroni makes for a name: lower case, dashes and dots as
     * underscores, other characters by their code point, 63 at the most (patroni/dcs/__init__.py,
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

  /**
   * How clients find the primary; its time-outs dominate RTO and are printed beside it.
   *
   * @param kind {@code haproxy} or {@code multi-host} (JDBC targetServerType=primary)
   * @param hosts inventory names of the HAProxy hosts; empty for multi-host
   * @param connectTimeout whole seconds, the driver's unit
   * @param socketTimeout whole seconds
   * @param hostRecheck whole seconds; multi-host only
   * @param checkInterval between HAProxy's REST checks
   * @param checkFall failed checks until a server is down
   * @param checkRise passed checks until it is up
   */
  public record Route(
      String kind,
      List<String> hosts,
      Duration connectTimeout,
      Duration socketTimeout,
      Duration hostRecheck,
      Duration checkInterval,
      int checkFall,
      int checkRise) {}

  /**
   * The client load.
   *
   * @param routedPerSecond routed writes per second and site
   * @param pinnedPerSecond pinned writes per second, member and site
   * @param connections routed connections per site
   * @param giveUp a routed write that found no free connection for so long is refused, unsent
   * @param outageThreshold a gap between surviving acknowledgements longer than this is an outage
   * @param service from when on a client counts as served again
   */
  public record Load(
      double routedPerSecond,
      double pinnedPerSecond,
      int connections,
      Duration giveUp,
      Duration outageThreshold,
      ServiceLevel service) {
    /** With the usual service level. */
    public Load(
        double routedPerSecond,
        double pinnedPerSecond,
        int connections,
        Duration giveUp,
        Duration outageThreshold) {
      this(
          routedPerSecond,
          pinnedPerSecond,
          connections,
          giveUp,
          outageThreshold,
          ServiceLevel.USUAL);
    }
  }
}
