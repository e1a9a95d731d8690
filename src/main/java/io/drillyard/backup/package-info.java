/**
 * What pgBackRest and PostgreSQL leave behind, read from text: information files, manifests, names
 * of archived WAL, histories, logs. Pure: texts in, records out; no I/O, no clock.
 */
@NullMarked
package io.drillyard.backup;

import org.jspecify.annotations.NullMarked;
