package io.drillyard.scenario;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a parameter of a JUnit test: play this scenario in a lab and pass its evidence, an {@link
 * io.drillyard.evidence.Evidence.Drill}. Needs {@code @ExtendWith(DrillExtension.class)}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface ScenarioUnderTest {
  /** The scenario to play. */
  Class<? extends Scenario> value();

  /** Another environment than the scenario's own; empty: its own. */
  String environment() default "";

  /**
   * So often at most it is played once more where nothing could be determined and the harness
   * itself had stood still: on a busy machine. A verdict that was determined stands.
   */
  int again() default 0;
}
