/** Reads jars of strangers, strictly and within bounds. */
@NullMarked
package io.gatehouse.kernel.admission.jar;

import org.jspecify.annotations.NullMarked;
