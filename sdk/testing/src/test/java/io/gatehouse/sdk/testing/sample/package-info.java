@NullMarked
package io.gatehouse.sdk.testing.sample;

import org.jspecify.annotations.NullMarked;
