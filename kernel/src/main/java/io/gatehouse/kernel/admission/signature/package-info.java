/** Who signed a jar, and whether that counts. */
@NullMarked
package io.gatehouse.kernel.admission.signature;

import org.jspecify.annotations.NullMarked;
