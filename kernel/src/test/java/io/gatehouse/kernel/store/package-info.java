@NullMarked
package io.gatehouse.kernel.store;

import org.jspecify.annotations.NullMarked;
