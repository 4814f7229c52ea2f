/** Configuration as immutable records, and what reads, checks and reloads it. */
@NullMarked
package io.gatehouse.kernel.config;

import org.jspecify.annotations.NullMarked;
