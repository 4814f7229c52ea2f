/** What operators do, and what they get wrong: starting, stopping, editing. */
@NullMarked
package io.gatehouse.e2e.operations;

import org.jspecify.annotations.NullMarked;
