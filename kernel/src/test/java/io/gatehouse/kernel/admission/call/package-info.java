@NullMarked
package io.gatehouse.kernel.admission.call;

import org.jspecify.annotations.NullMarked;
