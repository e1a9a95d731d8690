/** Tests of what hosts are told when a cluster is built. */
@NullMarked
package io.drillyard.cluster;

import org.jspecify.annotations.NullMarked;
