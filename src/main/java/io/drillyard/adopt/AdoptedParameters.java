package io.drillyard.adopt;

import io.drillyard.declaration.NodeImage;
import io.drillyard.declaration.ParameterChecks;
import io.drillyard.declaration.PostgresParameter;
import io.drillyard.declaration.PostgresParameters;
import io.drillyard.declaration.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** PostgreSQL parameters of a site, as far as a lab can have them and a file may hold them. */
final class AdoptedParameters {
  /** A path can hold a host's name: the lab makes these at places of its own. */
  private static final Map<String, String> FILES =
      Map.of(
          "ssl_cert_file", "/etc/site/server.crt",
          "ssl_key_file", "/etc/site/server.key",
          "ssl_ca_file", "/etc/site/ca.crt");

  private final AdoptedSite site;
  private final PostgresParameters known;

  AdoptedParameters(AdoptedSite site, NodeImage image) {
    this.site = site;
    this.known = image.parameters();
  }

  void read(YamlNode parameters) {
    parameters.fields().forEach(this::parameter);
  }

  private void parameter(String name, YamlNode at) {
    String place = PatroniFile.place(at);
    if (ParameterChecks.decidedElsewhere(name) != null) {
      site.note(place, name, "left out: the lab sets it");
      return;
    }
    if (name.contains(".")) {
      extension(name, at);
      return;
    }
    PostgresParameter parameter = known.find(name);
    if (parameter == null) {
      site.note(
          place, name, "left out: PostgreSQL %d has no such parameter".formatted(known.version()));
    } else if (parameter.internal()) {
      site.note(place, name, "left out: it can only be read");
    } else if (FILES.containsKey(parameter.name())) {
      if (!at.raw().isEmpty()) {
        site.parameters.put(parameter.name(), FILES.getOrDefault(parameter.name(), ""));
      }
    } else if (PostgresParameters.listsLibraries(parameter.name())) {
      libraries(parameter, at);
    } else if (!SafeValue.of(parameter, at.raw())) {
      site.note(
          place,
          name,
          parameter.type().equals("string")
              ? "left out: a text can hold an address or a secret"
              : "left out: PostgreSQL takes no such value");
    } else {
      site.parameters.put(parameter.name(), at.raw());
    }
  }

  private void extension(String name, YamlNode at) {
    boolean plain = name.matches("[a-z_]+\\.[a-z_]+") && SafeValue.plain(at.raw());
    if (plain) {
      site.parameters.put(name, at.raw());
    } else {
      site.note(PatroniFile.place(at), name, "left out: a text can hold an address or a secret");
    }
  }

  private void libraries(PostgresParameter parameter, YamlNode at) {
    List<String> all = PostgresParameters.libraries(at.raw());
    List<String> there = all.stream().filter(known::hasLibrary).toList();
    List<String> missing = all.stream().filter(each -> !there.contains(each)).toList();
    if (!missing.isEmpty()) {
      site.note(
          PatroniFile.place(at),
          parameter.name(),
          "without %s, which the lab's image does not have"
              .formatted(
                  missing.stream()
                      .map(each -> SafeValue.name(each) ? each : "another one")
                      .collect(Collectors.joining(", "))));
    }
    if (!there.isEmpty()) {
      site.parameters.put(parameter.name(), String.join(",", there));
    }
  }
}
