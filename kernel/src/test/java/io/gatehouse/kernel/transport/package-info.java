@NullMarked
package io.gatehouse.kernel.transport;

import org.jspecify.annotations.NullMarked;
