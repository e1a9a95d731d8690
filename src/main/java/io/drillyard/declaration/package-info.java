/**
 * Declarations: bounded contexts with their targets, environments, repositories and inventories.
 *
 * <p>A leaf: knows nothing of hosts or ledgers. Reads YAML, says what is wrong with file, line and
 * remedy.
 */
@NullMarked
package io.drillyard.declaration;

import org.jspecify.annotations.NullMarked;
