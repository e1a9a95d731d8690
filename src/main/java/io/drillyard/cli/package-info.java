/** The command line: verbs, exit codes, progress. */
@NullMarked
package io.drillyard.cli;

import org.jspecify.annotations.NullMarked;
