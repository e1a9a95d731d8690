package io.drillyard.scenario.play;

import io.drillyard.ledger.DrillPlan;
import io.drillyard.ledger.RunPlan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the launcher asks a lab to play; passed as plain arguments.
 *
 * @param scenario class name
 * @param environment name
 * @param context name
 * @param runId of the whole run
 * @param strict settings that Patroni adjusts are refused
 * @param pauseAt where it stops for a look around: a phase, {@link Pauses#EVERY_STEP}, or empty
 * @param schedule of a storm, as text; empty: the scenario is a class
 * @param run what the whole run is to be, for the ledger
 * @param drill what this drill is to be, for the ledger
 */
public record Order(
    String scenario,
    String environment,
    String context,
    String runId,
    boolean strict,
    String pauseAt,
    String schedule,
    RunPlan run,
    DrillPlan drill) {
  /** The kernel takes no argument of 128 KiB; a plan of a thousand drills is longer than that. */
  private static final int PIECE = 64 * 1024;

  private static final JsonMapper JSON = new JsonMapper();

  /** Both plans, as they are packed. */
  private record Plans(RunPlan run, DrillPlan drill) {}

  /** As arguments. */
  public List<String> arguments() {
    // In one word: nothing on the way to the lab may take an empty or a long text apart.
    String word =
        "=" + Base64.getUrlEncoder().encodeToString(schedule.getBytes(StandardCharsets.UTF_8));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                scenario,
                environment,
                context,
                runId,
                Boolean.toString(strict),
                "=" + pauseAt,
                word));
    String packed = pack(JSON.writeValueAsBytes(new Plans(run, drill)));
    for (int at = 0; at < packed.length(); at += PIECE) {
      arguments.add("=" + packed.substring(at, Math.min(packed.length(), at + PIECE)));
    }
    return List.copyOf(arguments);
  }

  /** From arguments. */
  public static Order of(List<String> arguments) {
    StringBuilder packed = new StringBuilder();
    arguments.subList(7, arguments.size()).forEach(piece -> packed.append(piece.substring(1)));
    Plans plans = JSON.readValue(unpack(packed.toString()), Plans.class);
    return new Order(
        arguments.get(0),
        arguments.get(1),
        arguments.get(2),
        arguments.get(3),
        Boolean.parseBoolean(arguments.get(4)),
        arguments.get(5).substring(1),
        new String(
            Base64.getUrlDecoder().decode(arguments.get(6).substring(1)), StandardCharsets.UTF_8),
        plans.run(),
        plans.drill());
  }

  private static String pack(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getUrlEncoder().encodeToString(out.toByteArray());
  }

  private static byte[] unpack(String word) {
    byte[] packed = Base64.getUrlDecoder().decode(word);
    try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return zip.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
