package io.drillyard.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Samples that another process told on its standard output, by key, in their order. */
record Told(Map<String, List<Double>> samples) {
  private static final String MARK = "sample ";

  /** Called there. */
  static synchronized void tell(String key, double value) {
    System.out.println(MARK + key + "=" + value);
    System.out.flush();
  }

  static Told read(Path file) throws IOException {
    Map<String, List<Double>> samples = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      int equals = line.lastIndexOf('=');
      if (line.startsWith(MARK) && equals > 0) {
        samples
            .computeIfAbsent(line.substring(MARK.length(), equals), key -> new ArrayList<>())
            .add(Double.parseDouble(line.substring(equals + 1)));
      }
    }
    return new Told(samples);
  }

  /** Of a key that must have been told. */
  Spread of(String key) {
    List<Double> found = samples.get(key);
    if (found == null) {
      throw new IllegalStateException("'" + key + "' was never told, only " + samples.keySet());
    }
    return Spread.of(found);
  }
}
