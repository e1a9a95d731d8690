package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way to break an inventory or a repository is told with file, line and remedy. */
class BadInventoryIsNoticedTest {
  private static final String INVENTORY = "inventories/two-sites.yaml";
  private static final String REPOSITORY = "repositories/object-repo-s3.yaml";

  private final Path folder;

  BadInventoryIsNoticedTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
name: pg2             | name: pg1             | two hosts of the name 'pg1', the first at line 7 | Rename one
name: dr1             | name: pg1             | two hosts of the name 'pg1'             | unique across all sites
name: cloud           | name: onprem          | two sites of the name 'onprem'          | Rename one
name: pg2             | name: router          | 'router' is the harness's own           | another name
name: pg2             | name: pg.2            | 'name' 'pg.2' has not the right form    | underscores
name: pg2             | name: PG1             | two hosts of the name 'PG1', the first at line 7 | in any case of letters
198.18.1.13           | 198.18.1.12           | address 198.18.1.12 is already that of host 'pg2' | of its own
198.18.1.12           | 10.0.0.12             | address 10.0.0.12 is outside the lab's range 198.18.0.0/15 | inside the site's subnet
198.18.1.12           | 198.18.2.99           | address 198.18.2.99 is outside its site's subnet | move the host
198.18.1.12           | 198.18.1.1            | reserved for the router                 | other than 200
198.18.1.12           | 198.18.1.200          | reserved for the harness's client       | other than 200
198.18.1.12           | 198.18.1.0            | reserved for the network                | other than 200
198.18.1.12           | 198.18.1.255          | reserved for broadcast                  | other than 200
198.18.1.12           | 198.18.1.256          | is not an IPv4 address                  | 198.18.1.11
198.18.1.12           | 198.18.1.012          | is not an IPv4 address                  | 198.18.1.11
subnet: 198.18.2.0/24 | subnet: 198.18.1.0/24 # | overlaps that of site 'onprem'        | of its own
subnet: 198.18.2.0/24 | subnet: 10.1.1.0/24   | outside the lab's range                 | nothing real
subnet: 198.18.2.0/24 | subnet: 198.19.255.0/24 | reserved for the management network   | another /24
subnet: 198.18.2.0/24 | subnet: 198.18.2.0/25 | is not a /24 network                    | /24
subnet: 198.18.2.0/24 | subnet: 198.18.2.1/24 | is not a /24 network                    | last number is 0
""")
  void anEditOfTheInventory(String from, String to, String message, String remedy) {
    Yard yard = Yard.copiedTo(folder);
    int line = yard.line(INVENTORY, from);
    yard.replace(INVENTORY, from, to);
    List<DeclarationProblem> problems = yard.lenient().environment("two-sites").problems();
    assertThat(problems)
        .anySatisfy(
            p -> {
              assertThat(p.isError()).isTrue();
              assertThat(p.message()).contains(message);
              assertThat(p.remedy()).contains(remedy);
              assertThat(p.file()).isEqualTo(yard.path(INVENTORY));
              assertThat(p.line()).isEqualTo(line);
            });
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
type: s3                 | type: s4                    | 's4' is not a value of 'type' | Did you mean 's3'?
host: repo1              | host: repo9                 | host 'repo9' is not in        | Did you mean 'repo1'?
endpoint: s3.drillyard.test | endpoint: 198.18.1.31    | 'endpoint'                    | DNS name
port: 9000               | port: 99000                 | 'port' '99000'                | 1 to 65535
retention_full: 2        | retention_full: 0           | 'retention_full' '0'          | at least 1
bucket: drillyard-backups | bucket: Drills             | 'bucket' 'Drills'             | lower-case
path: /pgbackrest        | path: pgbackrest            | 'path' 'pgbackrest'           | absolute folder
region: drillyard-1      | regoin: drillyard-1         | unknown key 'regoin'          | Did you mean 'region'?
""")
  void anEditOfTheRepository(String from, String to, String message, String remedy) {
    Yard yard = Yard.copiedTo(folder).replace(REPOSITORY, from, to);
    List<DeclarationProblem> problems = yard.lenient().environment("onprem-sync").problems();
    assertThat(problems)
        .anySatisfy(
            p -> {
              assertThat(p.message()).contains(message);
              assertThat(p.remedy()).contains(remedy);
              assertThat(p.file()).isEqualTo(yard.path(REPOSITORY));
              assertThat(p.line()).isEqualTo(yard.line(REPOSITORY, to));
            });
  }

  @Test
  void aSiteWithoutHosts() {
    Yard yard =
        Yard.copiedTo(folder)
            .write(
                "inventories/onprem.yaml",
                """
                sites:
                  - name: onprem
                    subnet: 198.18.1.0/24
                    hosts: []
                """);
    DeclarationProblem problem = yard.lenient().environment("onprem-sync").problems().getFirst();
    assertThat(problem.message()).isEqualTo("site 'onprem' has no hosts");
    assertThat(problem.place()).isEqualTo(yard.path("inventories/onprem.yaml") + ":4:5");
    assertThat(problem.remedy()).contains("Add a host");
  }

  @Test
  void anEmptyFileDeclaresNothing() {
    Yard yard = Yard.copiedTo(folder).write(REPOSITORY, "# nothing\n");
    List<DeclarationProblem> problems = yard.lenient().environment("onprem-sync").problems();
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().message()).contains("declares nothing");
  }
}
