/**
 * What the runs on record say together: which backups stand proven, whether each declared restore
 * test still proves what it is there to prove, how long a restore of a size would take.
 */
@NullMarked
package io.drillyard.register;

import org.jspecify.annotations.NullMarked;
