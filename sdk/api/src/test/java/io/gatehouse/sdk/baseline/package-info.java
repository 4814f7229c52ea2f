@NullMarked
package io.gatehouse.sdk.baseline;

import org.jspecify.annotations.NullMarked;
