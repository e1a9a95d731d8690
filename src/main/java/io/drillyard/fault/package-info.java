/**
 * What breaks, as data, and how it is applied, witnessed and undone on hosts of any transport.
 *
 * <p>Knows hosts and clusters; writes to the ledger; knows no check and no scenario.
 */
@NullMarked
package io.drillyard.fault;

import org.jspecify.annotations.NullMarked;
