/**
 * The words a scenario is written in, and what plays it: the runner inside the lab, the launcher
 * outside, the JUnit extension.
 *
 * <p>A plan only describes; nothing here touches a host before {@link
 * io.drillyard.scenario.DrillProgram} plays it.
 */
@NullMarked
package io.drillyard.scenario;

import org.jspecify.annotations.NullMarked;
