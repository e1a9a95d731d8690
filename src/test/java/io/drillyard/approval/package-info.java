/** Approvals: good ones, and every way in which one does not count. */
@NullMarked
package io.drillyard.approval;

import org.jspecify.annotations.NullMarked;
