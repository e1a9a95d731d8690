@NullMarked
package io.drillyard.evidence.purge;

import org.jspecify.annotations.NullMarked;
