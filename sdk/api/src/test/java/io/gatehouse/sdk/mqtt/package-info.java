@NullMarked
package io.gatehouse.sdk.mqtt;

import org.jspecify.annotations.NullMarked;
