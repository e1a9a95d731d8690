package io.drillyard.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.drillyard.check.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvidenceJsonTest {
  @Test
  void whatIsWrittenIsReadBackEqual() {
    String json = EvidenceJson.write(ForgedRun.evidence());
    assertThat(EvidenceJson.write(EvidenceJson.read(json, "x"))).isEqualTo(json);
  }

  @Test
  void sentencesOfChecksAreNeitherWrittenNorRead() {
    Evidence evidence = ForgedRun.evidence();
    Finding told = evidence.drills().getFirst().checks().getFirst();
    assertThat(told.summary()).isNotEmpty();
    String json = EvidenceJson.write(evidence);
    assertThat(json).doesNotContain(told.summary()).doesNotContain("\"details\"");
    String edited = json.replaceFirst("\"parts\"", "\"summary\" : \"all is well\", \"parts\"");
    Finding read = EvidenceJson.read(edited, "x").drills().getFirst().checks().getFirst();
    assertThat(read.summary()).isEmpty();
    assertThat(read.details()).isEmpty();
    assertThat(read.target()).isNull();
    assertThat(read.measured()).isEqualTo(told.measured());
  }

  @Test
  void whatIsWrittenFollowsTheSchema() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("/schema/evidence.schema.json"))) {
      var schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(in, InputFormat.JSON);
      assertThat(schema.validate(EvidenceJson.write(ForgedRun.evidence()), InputFormat.JSON))
          .isEmpty();
      assertThat(schema.validate("{\"format\":1}", InputFormat.JSON)).isNotEmpty();
    }
  }

  @Test
  void theShapeIsTheDeclaredOne() {
    String json = EvidenceJson.write(ForgedRun.evidence());
    assertThat(json)
        .contains("\"name\" : \"recoveryTime\"")
        .doesNotContain("\"check\" : \"recoveryTime\"")
        .contains("\"rto\" : \"PT30S\"")
        .contains("\"disruption\" : \"node-loss\"")
        .contains("\"upper\" : null");
  }

  @Test
  void aNewerFormatIsRefusedWithARemedy() {
    String newer =
        EvidenceJson.write(ForgedRun.evidence())
            .replace("\"format\" : " + Evidence.FORMAT, "\"format\" : " + (Evidence.FORMAT + 1));
    assertThatThrownBy(() -> EvidenceJson.read(newer, "run/evidence.json"))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContaining("run/evidence.json")
        .hasMessageContaining("format " + (Evidence.FORMAT + 1))
        .hasMessageContaining("Read it with the Drillyard that wrote it");
  }

  @Test
  void aTruncatedFileIsRefusedWithItsLine(@TempDir Path folder) throws IOException {
    String json = EvidenceJson.write(ForgedRun.evidence());
    Path file = folder.resolve("evidence.json");
    Files.writeString(file, json.substring(0, json.length() / 2));
    assertThatThrownBy(() -> EvidenceJson.read(file))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContaining("evidence.json:")
        .hasMessageContaining("cut off or damaged");
  }

  @Test
  void otherJsonAndMissingFilesAreNamed(@TempDir Path folder) {
    assertThatThrownBy(() -> EvidenceJson.read("{}", "x")).hasMessageContaining("states no format");
    assertThatThrownBy(() -> EvidenceJson.read(folder.resolve("none.json")))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContaining("no such file");
  }
}
