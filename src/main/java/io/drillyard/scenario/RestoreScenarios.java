package io.drillyard.scenario;

import java.util.List;

/** A class below {@code repository}: known-unsafe states of a repository, one plan for each. */
public interface RestoreScenarios {
  /** The plans, in the order in which they are played. */
  List<RestoreDrill> plans();
}
