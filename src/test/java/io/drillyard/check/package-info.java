/** Forged ledgers: met, missed, undetermined, and lies. */
@NullMarked
package io.drillyard.check;

import org.jspecify.annotations.NullMarked;
