/**
 * The lab transport: hosts as Linux namespaces on this machine, inside one user namespace.
 *
 * <p>{@link io.drillyard.host.lab.LabLauncher} runs outside, everything else inside the lab.
 */
@NullMarked
package io.drillyard.host.lab;

import org.jspecify.annotations.NullMarked;
