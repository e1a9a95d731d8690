package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file of YAML says, value by value, and where. */
class YamlReaderTest {
  private final Path file;
  private final DeclarationProblems problems = new DeclarationProblems(false);

  YamlReaderTest(@TempDir Path folder) {
    this.file = folder.resolve("a.yaml");
  }

  private YamlNode read(String text) throws IOException {
    Files.writeString(file, text);
    return YamlReader.read(file, problems);
  }

  @ParameterizedTest
  @CsvSource({
    "7, Long, 7",
    "+7, Long, 7",
    "-7, Long, -7",
    "007, Long, 7",
    "0x1F, String, 0x1F",
    "0o17, String, 0o17",
    "99999999999999999999, String, 99999999999999999999",
    "1.5, Double, 1.5",
    "1e3, Double, 1000.0",
    ".inf, String, .inf",
    ".nan, String, .nan",
    "true, Boolean, true",
    "TRUE, Boolean, true",
    "False, Boolean, false",
    "yes, String, yes",
    "5s, String, 5s",
    "'\"7\"', String, 7",
  })
  void aValueIsOfItsType(String written, String type, String value) throws IOException {
    YamlNode at = read("a: " + written).get("a");
    Object read = Objects.requireNonNull(at.value());
    assertThat(read.getClass().getSimpleName()).isEqualTo(type);
    assertThat(read).hasToString(value);
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void nothingIsNoValue() throws IOException {
    YamlNode at = read("a:\nb: ~\nc: null\n");
    for (String key : new String[] {"a", "b", "c"}) {
      assertThat(at.get(key).value()).isNull();
    }
  }

  @Test
  void eachHasItsPlace() throws IOException {
    YamlNode root = read("a:\n  b: 1\n  c:\n    - x\n    -  y\nd:\n  1.5\n");
    assertThat(place(root.get("a"))).isEqualTo("1:1");
    assertThat(place(root.at("a", "b"))).isEqualTo("2:6");
    assertThat(place(root.at("a", "c"))).isEqualTo("3:3");
    assertThat(place(root.at("a", "c").items().get(0))).isEqualTo("4:7");
    assertThat(place(root.at("a", "c").items().get(1))).isEqualTo("5:8");
    assertThat(place(root.get("d")))
        .as("its key's, where it stands on another line")
        .isEqualTo("6:1");
  }

  private static String place(YamlNode at) {
    return at.line() + ":" + at.column();
  }

  @Test
  void whatIsNestedTooDeeplyIsRefused() throws IOException {
    // The root is at depth 0; 40 is the deepest.
    read("a: " + "[".repeat(39) + "1" + "]".repeat(39));
    assertThat(problems.list()).isEmpty();
    read("a: " + "[".repeat(40) + "1" + "]".repeat(40));
    assertThat(problems.list())
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains("too many or too deeply nested values"));
  }

  @Test
  void whatHoldsTooManyValuesIsRefused() throws IOException {
    // With the list itself and the map around it 20,000 are allowed.
    read("a: [" + "1,".repeat(19_998) + "]");
    assertThat(problems.list()).isEmpty();
    read("a: [" + "1,".repeat(19_999) + "]");
    assertThat(problems.list()).hasSize(1);
  }

  @Test
  void aKeyIsAWordAndStandsOnce() throws IOException {
    YamlNode root = read("? [a, b]\n: 1\nc: 2\nc: 3\n");
    assertThat(root.fields()).containsOnlyKeys("c");
    assertThat(root.get("c").value()).isEqualTo(2L);
    assertThat(problems.list())
        .extracting(DeclarationProblem::message)
        .containsExactly("a key must be a word", "key 'c' stands twice, first at line 3");
    assertThat(problems.list().get(0).line()).isEqualTo(1);
    assertThat(problems.list().get(1).line()).isEqualTo(4);
  }
}
