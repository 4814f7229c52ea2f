@NullMarked
package io.gatehouse.kernel.config.schema;

import org.jspecify.annotations.NullMarked;
