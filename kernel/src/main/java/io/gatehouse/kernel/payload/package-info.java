/** Interceptors in order: what they forward, drop or reject on its way through the broker. Knows no OSGi and no network. */
@NullMarked
package io.gatehouse.kernel.payload;

import org.jspecify.annotations.NullMarked;
