@NullMarked
package io.gatehouse.kernel.broker;

import org.jspecify.annotations.NullMarked;
