@NullMarked
package io.drillyard.register;

import org.jspecify.annotations.NullMarked;
