/** Tests of the codec: commented bytes for each packet, every refusal, random round trips, a second opinion and fuzzing. */
@NullMarked
package io.gatehouse.kernel.codec;

import org.jspecify.annotations.NullMarked;
