package io.drillyard.launch;

import io.drillyard.declaration.Declarations;
import io.drillyard.evidence.AllureResults;
import io.drillyard.evidence.Evidence;
import io.drillyard.host.lab.LabLauncher;
import io.drillyard.ledger.RunPlan;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import io.drillyard.scenario.ScenarioUnderTest;
import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.model.TestResultContainer;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/**
 * Plays scenarios as JUnit Jupiter tests, from an IDE or a build. All drills of one launch go into
 * one report below {@code reports/}, written when the launch ends.
 */
public final class DrillExtension implements ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(DrillExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.isAnnotated(ScenarioUnderTest.class)
        && parameter.getParameter().getType() == Evidence.Drill.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ScenarioUnderTest drilled = parameter.findAnnotation(ScenarioUnderTest.class).orElseThrow();
    Launch launch =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(Launch.class, key -> new Launch(), Launch.class);
    return launch.play(drilled);
  }

  /** The engine's listener writes the results; only files are added to them here. */
  private record Attaching(AllureLifecycle lifecycle) implements AllureResultsWriter {
    @Override
    public void write(TestResult result) {
      throw new UnsupportedOperationException("the listener writes results");
    }

    @Override
    public void write(TestResultContainer container) {
      throw new UnsupportedOperationException("the listener writes containers");
    }

    @Override
    public void write(String source, InputStream attachment) {
      lifecycle.writeAttachment(source, attachment);
    }
  }

  /** One launch of the test engine. */
  private static final class Launch implements AutoCloseable {
    private final Path environments =
        Path.of(System.getProperty("drillyard.environments", "environments")).toAbsolutePath();
    private final Run run =
        new Run(Path.of(System.getProperty("drillyard.reports", "reports")).toAbsolutePath());
    private final Declarations declarations = Declarations.load(environments);
    private final DrillLauncher launcher =
        new DrillLauncher(LabLauncher.here(environments), run.id(), false, DrillWatcher.NONE);
    private final List<Evidence.Drill> drills = new ArrayList<>();
    private final RunPlan open =
        run.plan(
            RunPlan.Kind.OPEN,
            List.of(),
            List.of(),
            Integer.MAX_VALUE,
            declarations.contexts().orThrow().values(),
            launcher.declarations(),
            Map.of());
    private int number;

    Evidence.Drill play(ScenarioUnderTest drilled) {
      Evidence.Drill drill = play(drilled.value(), drilled.environment());
      for (int left = drilled.again();
          left > 0 && MachineStallCheck.disturbed(run, drill);
          left--) {
        drill = play(drilled.value(), drilled.environment());
      }
      describe(drill);
      return drill;
    }

    private Evidence.Drill play(Class<? extends Scenario> scenario, String environment) {
      Drill plan = io.drillyard.scenario.Scenarios.named(scenario.getName()).plan();
      PlannedDrill part =
          PlannedDrill.of(
              declarations,
              scenario.getName(),
              plan,
              environment.isEmpty() ? plan.environment() : environment,
              plan.context());
      part.notTested()
          .ifPresent(
              why -> {
                throw new TestAbortedException("NOT TESTED: " + why);
              });
      int mine;
      synchronized (this) {
        mine = ++number;
      }
      List<Evidence.Drill> played = launcher.play(part, run.folder(), mine, open);
      synchronized (this) {
        drills.addAll(played);
      }
      return DrillLauncher.worst(played);
    }

    /** Where Allure listens to this launch, the test's result gets steps, figures and files. */
    private void describe(Evidence.Drill drill) {
      AllureLifecycle lifecycle = Allure.getLifecycle();
      lifecycle
          .getCurrentTestCase()
          .ifPresent(
              id ->
                  lifecycle.updateTestCase(
                      id,
                      result ->
                          AllureResults.describe(
                              result, new Attaching(lifecycle), run.folder(), drill, run::events)));
    }

    @Override
    public synchronized void close() {
      drills.sort(java.util.Comparator.comparing(Evidence.Drill::folder));
      Path report = run.write(run.evidence(drills, List.of(), false, open, Run.Question.NONE));
      System.out.println("Report of the drills: " + report);
    }
  }
}
