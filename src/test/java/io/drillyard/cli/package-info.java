/** Tests of the command line: what people and programs get for good and for bad words. */
@NullMarked
package io.drillyard.cli;

import org.jspecify.annotations.NullMarked;
