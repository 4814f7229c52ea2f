@NullMarked
package io.gatehouse.kernel.routing;

import org.jspecify.annotations.NullMarked;
