@NullMarked
package io.gatehouse.kernel.config.hocon;

import org.jspecify.annotations.NullMarked;
