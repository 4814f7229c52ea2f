@NullMarked
package io.gatehouse.kernel.transport.websocket;

import org.jspecify.annotations.NullMarked;
