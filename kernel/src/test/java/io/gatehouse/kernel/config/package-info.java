@NullMarked
package io.gatehouse.kernel.config;

import org.jspecify.annotations.NullMarked;
