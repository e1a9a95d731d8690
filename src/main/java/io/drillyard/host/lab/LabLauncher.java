package io.drillyard.host.lab;

import io.drillyard.host.HostException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts a lab from outside: namespaces, init, and in them a JVM that runs a {@link LabEntryPoint}.
 *
 * <p>The lab lives only as long as the returned {@link LabSession} is held open by this process:
 * when this process ends, for whatever reason, the kernel closes the lifeline and removes the lab.
 *
 * @param cache of images and servers
 * @param application build folder that holds {@code classes} and {@code lib}
 * @param environments folder of the declarations
 */
public record LabLauncher(BuildCache cache, Path application, Path environments) {
  private static final int USUAL_HEAP_MIB = 768;

  /** A launcher for the build that this class itself was loaded from. */
  public static LabLauncher here(Path environments) {
    Path classes;
    try {
      classes =
          Path.of(LabLauncher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    Path application = classes.toAbsolutePath().getParent();
    if (application == null || !Files.isDirectory(application.resolve("lib"))) {
      throw new HostException(
          application
              + "/lib is missing. Remedy: build with `make build` (Maven alone: process-classes).");
    }
    return new LabLauncher(BuildCache.ofUser(), application, environments.toAbsolutePath());
  }

  /**
   * Starts a lab.
   *
   * @param image recipe of the node image
   * @param program class that runs inside
   * @param arguments for it
   * @param stdout where its standard output goes (appended)
   * @param stderr where its standard error goes (appended)
   */
  public LabSession launch(
      String image,
      Class<? extends LabEntryPoint> program,
      List<String> arguments,
      File stdout,
      File stderr) {
    return launch(image, program, arguments, USUAL_HEAP_MIB, stdout, stderr);
  }

  /**
   * The same with another heap.
   *
   * @param heapMib of the JVM inside
   */
  public LabSession launch(
      String image,
      Class<? extends LabEntryPoint> program,
      List<String> arguments,
      int heapMib,
      File stdout,
      File stderr) {
    Path rootfs = cache.image(image);
    Path servers = cache.servers();
    HarnessUser identity = HarnessUser.current();
    LabFolder folder = LabFolder.create(cache.labs(), identity);
    List<String> argv = new ArrayList<>(List.of("setsid"));
    argv.addAll(
        identity == HarnessUser.ROOT
            ? List.of("unshare")
            : List.of("unshare", "--user", "--map-root-user", "--map-auto"));
    argv.addAll(List.of("--mount", "--propagation", "private", "--", "bash", "-c"));
    argv.addAll(List.of(LabResources.script("stage.sh"), "stage", identity.word()));
    places(rootfs, servers, folder).forEach((name, path) -> argv.add(name + "=" + path));
    argv.addAll(List.of("--", LabResources.script("init.sh"), "init"));
    argv.addAll(java(program, heapMib));
    argv.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(argv)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(stdout))
            .redirectError(ProcessBuilder.Redirect.appendTo(stderr));
    cleanEnvironment(builder.environment());
    try {
      Process process = builder.start();
      RunningLab.write(folder.path(), process.pid(), arguments.isEmpty() ? "-" : arguments.get(0));
      return new LabSession(process, folder);
    } catch (IOException e) {
      folder.remove();
      throw new HostException(
          "cannot start a lab: " + e.getMessage() + ". Remedy: `make setup`.", e);
    }
  }

  private Map<String, Path> places(Path rootfs, Path servers, LabFolder folder) {
    Map<String, Path> places = new java.util.LinkedHashMap<>();
    places.put("image", rootfs);
    places.put("servers", servers);
    cache.stores().forEach((type, path) -> places.put("servers-" + type, path));
    places.put("application", application);
    places.put("jdk", Path.of(System.getProperty("java.home")));
    places.put("environments", environments);
    places.put("out", folder.out());
    places.put("disks", folder.disks());
    return places;
  }

  private List<String> java(Class<? extends LabEntryPoint> program, int heapMib) {
    List<String> argv =
        new ArrayList<>(List.of("/mnt/jdk/bin/java", "-XX:+UseSerialGC", "-Xmx" + heapMib + "m"));
    argv.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-XX:-UsePerfData",
            "-Djdk.net.hosts.file=/run/lab/names",
            "-cp"));
    String tests =
        Files.isDirectory(application.resolve("test-classes"))
            ? ":/mnt/application/test-classes"
            : "";
    argv.add("/mnt/application/classes:/mnt/application/lib/*" + tests);
    argv.addAll(List.of(LabMain.class.getName(), program.getName()));
    return argv;
  }

  /** Nodes inherit nothing of the caller: an inherited HOME broke Patroni's pgpass. */
  private static void cleanEnvironment(Map<String, String> environment) {
    @Nullable String path = environment.get("PATH");
    environment.clear();
    environment.put(
        "PATH",
        "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
            + (path == null ? "" : ":" + path));
    environment.put("HOME", "/");
    environment.put("LANG", "C.UTF-8");
  }
}
