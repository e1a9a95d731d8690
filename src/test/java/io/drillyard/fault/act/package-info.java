/** Tests of the faults: on fakes for what they say, in labs for what they do. */
@NullMarked
package io.drillyard.fault.act;

import org.jspecify.annotations.NullMarked;
