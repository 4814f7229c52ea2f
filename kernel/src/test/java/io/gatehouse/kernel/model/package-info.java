/** The broker against a simple model of it, which knows nothing of how the broker is built. */
@NullMarked
package io.gatehouse.kernel.model;

import org.jspecify.annotations.NullMarked;
