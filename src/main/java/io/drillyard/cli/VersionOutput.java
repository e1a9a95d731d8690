package io.drillyard.cli;

import io.drillyard.ledger.HarnessVersion;
import picocli.CommandLine;

/** What {@code --version} prints: the same word that stands in every record. */
final class VersionOutput implements CommandLine.IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"drillyard " + HarnessVersion.ofBuild().word()};
  }
}
