/** What several tests need to run other programs. */
@NullMarked
package io.gatehouse.kernel.tools;

import org.jspecify.annotations.NullMarked;
