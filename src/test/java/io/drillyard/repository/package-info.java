/** Tests of object stores against a real server. */
@NullMarked
package io.drillyard.repository;

import org.jspecify.annotations.NullMarked;
