/**
 * Tests of real labs: each boots hosts, does something to them, and looks from inside and outside.
 */
@NullMarked
package io.drillyard.host.lab;

import org.jspecify.annotations.NullMarked;
