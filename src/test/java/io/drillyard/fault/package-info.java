/** Tests of the faults as data. */
@NullMarked
package io.drillyard.fault;

import org.jspecify.annotations.NullMarked;
