/** Refuses calls that a plugin did not declare, by rewriting its classes as they are loaded. */
@NullMarked
package io.gatehouse.kernel.admission.call;

import org.jspecify.annotations.NullMarked;
