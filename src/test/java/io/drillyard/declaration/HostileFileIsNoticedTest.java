package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No file, however strange, ends in anything but problems. */
class HostileFileIsNoticedTest {
  private final Path folder;

  HostileFileIsNoticedTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "[1, 2]",
        "a: &x {b: *x}",
        "a: 1\n---\nb: 2\n",
        "? [a]\n: b\n",
        "{a: b",
        "cluster: [1]\nroute: 5\nload: null\nstorage: yes\n",
        "clusters: [1]\nroute: 5\n",
        "clusters: {a: {follows: b}, b: {follows: a}, c: {follows: c, restored_from: a}}",
        "clusters: {primary: {members: {a: b}, etcd: [[1], {c: d}, null], patroni: {ttl: [1]}}}",
        "inventory_state_ref: [a]\nrepo_state_ref: null\n",
      })
  void isAnErrorWithAPlace(String text) throws IOException {
    Files.writeString(folder.resolve("strange.yaml"), text);
    LoadedDeclaration<Environment> loaded = Declarations.load(folder).environment("strange");
    assertThat(loaded.ok()).isFalse();
    assertThat(loaded.problems()).isNotEmpty().allMatch(p -> p.line() > 0);
    assertThat(loaded.problems()).noneMatch(p -> p.remedy().isBlank());
  }

  @Test
  void aliasesThatMultiplyAreCutShort() throws IOException {
    StringBuilder bomb = new StringBuilder("a0: &a0 [1, 2]\n");
    for (int i = 1; i < 7; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", seven(alias))));
    }
    Files.writeString(folder.resolve("bomb.yaml"), bomb);
    assertThat(Declarations.load(folder).environment("bomb").problems())
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains("too many"));
  }

  @Test
  void anotherEncodingIsNamed() throws IOException {
    byte[] latin = "description: \u00e9t\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(folder.resolve("latin.yaml"), latin);
    assertThat(Declarations.load(folder).environment("latin").problems())
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains("UTF-8"));
  }

  @Test
  void aFileBeyondOneMebibyteIsNotRead() throws IOException {
    Files.writeString(folder.resolve("large.yaml"), "#".repeat(1 << 20));
    assertThat(Declarations.load(folder).environment("large").problems())
        .noneMatch(p -> p.message().contains("larger"));
    Files.writeString(folder.resolve("larger.yaml"), "#".repeat((1 << 20) + 1));
    assertThat(Declarations.load(folder).environment("larger").problems())
        .singleElement()
        .satisfies(p -> assertThat(p.message()).isEqualTo("the file is larger than 1 MiB"));
  }

  @Test
  void whatIsNoFileCannotBeRead() throws IOException {
    Files.createDirectory(folder.resolve("folder.yaml"));
    LoadedDeclaration<Environment> loaded = Declarations.load(folder).environment("folder");
    assertThat(loaded.ok()).isFalse();
    assertThat(loaded.problems()).isNotEmpty();
  }

  private static List<String> seven(String text) {
    return Collections.nCopies(7, text);
  }
}
