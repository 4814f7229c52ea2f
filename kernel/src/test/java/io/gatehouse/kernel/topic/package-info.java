@NullMarked
package io.gatehouse.kernel.topic;

import org.jspecify.annotations.NullMarked;
