package io.drillyard.play;

import io.drillyard.declaration.Environment;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was declared of an environment, for the report. */
public final class DeclaredSettings {
  private DeclaredSettings() {}

  /** Declared settings that dominate the figures. */
  public static Map<String, String> of(Environment environment) {
    Map<String, String> settings = new LinkedHashMap<>();
    environment
        .serving()
        .patroni()
        .forEach((k, v) -> settings.put("patroni." + k, String.valueOf(v)));
    environment.serving().parameters().forEach((k, v) -> settings.put("postgresql." + k, v));
    Environment.Route route = environment.route();
    settings.put("client.route", route.kind());
    settings.put("client.connect_timeout", route.connectTimeout().toMillis() + " ms");
    settings.put("client.socket_timeout", route.socketTimeout().toMillis() + " ms");
    if (route.kind().equals("haproxy")) {
      settings.put("haproxy.check_interval", route.checkInterval().toMillis() + " ms");
      settings.put("haproxy.check_fall", Integer.toString(route.checkFall()));
      settings.put("haproxy.check_rise", Integer.toString(route.checkRise()));
    } else {
      settings.put("client.host_recheck", route.hostRecheck().toMillis() + " ms");
    }
    Environment.Load load = environment.load();
    settings.put("load.routed_per_second", Double.toString(load.routedPerSecond()));
    settings.put("load.pinned_per_second", Double.toString(load.pinnedPerSecond()));
    settings.put("load.connections", Integer.toString(load.connections()));
    settings.put("load.give_up", load.giveUp().toMillis() + " ms");
    settings.put("load.outage_threshold", load.outageThreshold().toMillis() + " ms");
    settings.put("load.service_share", load.service().share() * 100 + " %");
    settings.put("load.settling", load.service().settling().toMillis() + " ms");
    return settings;
  }
}
