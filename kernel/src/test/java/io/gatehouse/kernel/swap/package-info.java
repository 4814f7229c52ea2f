/** Changing plugins while clients connect and publish: nobody may notice, and nothing may be left behind. */
@NullMarked
package io.gatehouse.kernel.swap;

import org.jspecify.annotations.NullMarked;
