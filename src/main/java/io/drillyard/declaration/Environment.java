package io.drillyard.declaration;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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
 * @param sandbox inventory name of a host on a site of its own, into which backups are restored
 *     that a drill proves; null: there is none
 * @param second where every cluster archives and backs up to besides, if anywhere
 * @param clusters by name, in the order in which they are built: each after the one that it follows
 *     or is restored from; exactly one serves
 * @param contracts identifiers and versions that the user's platform gives to these parts, carried
 *     into the evidence as they are
 * @param notCarried what the site that it stands for has, and a lab has not
 */
public record Environment(
    String name,
    String lane,
    String image,
    boolean adjustableClock,
    Storage storage,
    Inventory inventory,
    @Nullable String sandbox,
    RepositoryState repository,
    @Nullable RepositoryState second,
    List<ClusterPlan> clusters,
    Route route,
    Load load,
    Map<String, String> contracts,
    Set<UnsupportedSiteFeature> notCarried) {

  /** The cluster that clients use at the start. */
  public ClusterPlan serving() {
    return clusters.stream().filter(ClusterPlan::serves).findFirst().orElseThrow();
  }

  /** The cluster of that name. */
  public ClusterPlan cluster(String clusterName) {
    return clusters.stream()
        .filter(plan -> plan.name().equals(clusterName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no cluster named " + clusterName));
  }

  /** Those that follow this one from the start. */
  public List<ClusterPlan> followers(ClusterPlan followed) {
    return clusters.stream().filter(plan -> followed.name().equals(plan.follows())).toList();
  }

  /** True where a cluster can take over when the serving one is lost with its site. */
  public boolean hasRecovery() {
    return clusters.stream().anyMatch(plan -> !plan.serves());
  }

  /**
   * What a plan makes use of: the clusters that run from the start, those that it speaks of, and
   * those that these depend on. The others are never built: nobody could be seen there, and nothing
   * could be said of them.
   *
   * @param proving a backup is proved in it; without that there is no sandbox either
   */
  public Environment playing(Collection<ClusterRef> spoken, boolean proving) {
    Set<String> used = new HashSet<>();
    spoken.forEach(which -> which.candidates(this).forEach(plan -> used.add(plan.name())));
    for (ClusterPlan plan : clusters.reversed()) {
      String needs = plan.dependsOn();
      if (plan.serves() || plan.standby() || used.contains(plan.name())) {
        used.add(plan.name());
        if (needs != null) {
          used.add(needs);
        }
      }
    }
    return new Environment(
        name,
        lane,
        image,
        adjustableClock,
        storage,
        proving ? inventory : withoutSandbox(),
        proving ? sandbox : null,
        repository,
        second,
        clusters.stream().filter(plan -> used.contains(plan.name())).toList(),
        route,
        load,
        contracts,
        notCarried);
  }

  private Inventory withoutSandbox() {
    return new Inventory(
        inventory.file(),
        inventory.sites().stream().filter(site -> clientSites().contains(site.name())).toList());
  }

  /** Names of the sites at which clients stand: all but the sandbox's own. */
  public List<String> clientSites() {
    return inventory.sites().stream()
        .filter(site -> site.hosts().stream().noneMatch(host -> host.name().equals(sandbox)))
        .map(SitePlan::name)
        .toList();
  }

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
        sandbox,
        repository,
        second,
        clusters,
        route,
        load,
        contracts,
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

    /** True where the store speaks S3's protocol. */
    public boolean speaksS3() {
      return type.equals("s3") || type.equals("minio");
    }

    /** The same repository, asked as if it lay in another region. */
    public RepositoryState inRegion(String other) {
      return new RepositoryState(
          file, type, host, endpoint, port, other, account, bucket, path, retentionFull, versions);
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
