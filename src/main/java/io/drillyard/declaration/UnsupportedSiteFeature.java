package io.drillyard.declaration;

import java.util.Locale;
import java.util.Optional;

/**
 * What a site has and a lab cannot have: a drill whose result depends on it says nothing of that
 * site. An environment names them under {@code not_carried}.
 */
public enum UnsupportedSiteFeature {
  /** A watchdog device: it resets a host whose Patroni does not run. */
  WATCHDOG("a watchdog, which resets a host whose Patroni stands still"),
  /** Scripts that Patroni calls when roles change, such as those that move an address. */
  CALLBACKS("callbacks, which lead clients to a new leader"),
  /** A script that decides whether a member may be promoted, or is called before it stops. */
  PROMOTION_SCRIPT("a script that is asked before a promotion"),
  /** Members are made by a way of the site's own. */
  BOOTSTRAP("a way of its own to make members anew");

  private final String words;

  UnsupportedSiteFeature(String words) {
    this.words = words;
  }

  /** As an environment writes it, such as {@code promotion-script}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it is, for people. */
  public String words() {
    return words;
  }

  /** The one of that word. */
  public static Optional<UnsupportedSiteFeature> of(String word) {
    for (UnsupportedSiteFeature each : values()) {
      if (each.word().equals(word)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
