package io.drillyard.adopt;

import io.drillyard.declaration.EtcdSecurity;
import io.drillyard.declaration.UnsupportedSiteFeature;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is known of a site so far, by names alone; the readers of its files fill it in. */
final class AdoptedSite {
  /** Three is what a site has that can lose one and elect. */
  private static final int USUAL = 3;

  String scope = "adopted";
  String node = "";
  final List<String> members = new ArrayList<>();
  int etcd = USUAL;

  /** How etcd is secured there. */
  EtcdSecurity etcdSecurity = EtcdSecurity.NONE;

  final Map<String, Object> patroni = new LinkedHashMap<>();

  /** Patroni rewinds nobody unless it is told to, and the lab does unless it is told not to. */
  final Map<String, Object> postgresql = new LinkedHashMap<>(Map.of("use_pg_rewind", false));

  final Map<String, String> parameters = new LinkedHashMap<>();
  final Map<String, Map<String, Object>> tags = new LinkedHashMap<>();
  final Map<String, String> pgbackrest = new LinkedHashMap<>();
  String repositoryType = "s3";
  int retentionFull = 2;
  boolean proxy;
  final Map<String, String> route = new LinkedHashMap<>();
  final Set<UnsupportedSiteFeature> notCarried = EnumSet.noneOf(UnsupportedSiteFeature.class);
  final List<String> notes = new ArrayList<>();

  /** Where etcd is, to be compared and never to be written. */
  final List<String> etcdHosts = new ArrayList<>();

  /** Where this node is, likewise. */
  final List<String> nodeHosts = new ArrayList<>();

  /** Where members are, likewise. */
  final List<String> memberHosts = new ArrayList<>();

  /** Something that came out otherwise than it stood there, or not at all. */
  void note(String place, String what, String why) {
    notes.add(place + ": " + (SafeValue.key(what) ? what : "(a name)") + ": " + why);
  }

  /** The same of what a drill's result may depend on. */
  void lacks(UnsupportedSiteFeature what, String place, String name) {
    notCarried.add(what);
    note(place, name, "not carried: a lab has no " + what.words().replaceFirst("^an? ", ""));
  }

  /** The members; where no file names them, as many as are usual. */
  List<String> allMembers() {
    if (members.size() > 1) {
      return List.copyOf(members);
    }
    List<String> all = new ArrayList<>(members);
    if (!node.isEmpty() && !all.contains(node)) {
      all.add(0, node);
    }
    for (int i = 1; all.size() < USUAL; i++) {
      String name = "member" + i;
      if (!all.contains(name)) {
        all.add(name);
      }
    }
    return all;
  }

  /**
   * The node's own name among those that the proxy knows: by name, else by where it is. Its tags
   * are lost where neither says which one it is.
   */
  void match(String place) {
    if (members.size() < 2) {
      note(place, "members", "their number is not told: three are built");
      return;
    }
    if (members.contains(node)) {
      return;
    }
    String known = node;
    for (int i = 0; i < members.size(); i++) {
      if (nodeHosts.contains(memberHosts.get(i))) {
        node = members.get(i);
      }
    }
    Map<String, Object> own = tags.remove(known);
    if (own != null && members.contains(node)) {
      tags.put(node, own);
    } else if (own != null) {
      note(place, "tags", "left out: the proxy does not say which member this node is");
    }
  }
}
