@NullMarked
package io.gatehouse.kernel.transport.proxy;

import org.jspecify.annotations.NullMarked;
