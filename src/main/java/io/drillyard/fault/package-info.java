/**
 * What breaks, as data: one sealed group of records per kind, and the parts that they hit.
 *
 * <p>Knows no host. How a fault is applied, witnessed and undone stands in {@link
 * io.drillyard.fault.act}.
 */
@NullMarked
package io.drillyard.fault;

import org.jspecify.annotations.NullMarked;
