/**
 * A restore test's record and what is written from it: JSON, JUnit XML, Prometheus text, HTML, a
 * table.
 */
@NullMarked
package io.drillyard.restore.report;

import org.jspecify.annotations.NullMarked;
