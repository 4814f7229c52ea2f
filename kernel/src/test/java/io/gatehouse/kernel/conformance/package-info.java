/** What the specifications demand, over real sockets and byte by byte; {@code docs/conformance.md} tells which statement is where. */
@NullMarked
package io.gatehouse.kernel.conformance;

import org.jspecify.annotations.NullMarked;
