/** Who a connection comes from when a proxy stands in between: the PROXY protocol, and the header {@code X-Forwarded-For}. */
@NullMarked
package io.gatehouse.kernel.transport.proxy;

import org.jspecify.annotations.NullMarked;
