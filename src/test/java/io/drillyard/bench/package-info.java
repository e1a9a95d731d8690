/**
 * The figures of {@code make bench}: measured on this machine, in warm JVMs, with their spread.
 * Nothing here is a test: a busy machine must not fail a build.
 */
@NullMarked
package io.drillyard.bench;

import org.jspecify.annotations.NullMarked;
