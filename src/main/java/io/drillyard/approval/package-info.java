/**
 * Who may order a promotion, and whether somebody did: approvals, and the rules by which they
 * count.
 *
 * <p>Pure: no clock, no input. The play asks before an order is carried out, and the judge asks
 * again by what stands on the ledger.
 */
@NullMarked
package io.drillyard.approval;

import org.jspecify.annotations.NullMarked;
