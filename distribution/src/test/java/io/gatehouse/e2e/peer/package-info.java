/** The client libraries people use, behind one face, so that each behaviour is tested with each of them. */
@NullMarked
package io.gatehouse.e2e.peer;

import org.jspecify.annotations.NullMarked;
