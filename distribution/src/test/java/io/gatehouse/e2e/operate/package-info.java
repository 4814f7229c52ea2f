/** What operators do and get wrong: starting, editing files, stopping. */
@NullMarked
package io.gatehouse.e2e.operate;

import org.jspecify.annotations.NullMarked;
