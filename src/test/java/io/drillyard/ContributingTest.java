package io.drillyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scenario that CONTRIBUTING.md calls complete is complete. */
final class ContributingTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("```java\n(package .*?)```", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("public final class (\\w+)");

  @Test
  void itsScenarioCompiles(@TempDir Path folder) throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("CONTRIBUTING.md")));
    assertThat(example.find()).isTrue();
    Matcher name = NAME.matcher(example.group(1));
    assertThat(name.find()).isTrue();
    Path source = folder.resolve(name.group(1) + ".java");
    Files.writeString(source, example.group(1));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                said,
                null,
                null,
                List.of("-proc:none", "-d", folder.toString()),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
            .call();
    assertThat(said.toString()).isEmpty();
    assertThat(compiled).isTrue();
  }
}
