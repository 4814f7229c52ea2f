/** The plugin jars on disk: the folder that operators fill, private copies of what lies there, and what the broker remembers of each. */
@NullMarked
package io.gatehouse.kernel.jars;

import org.jspecify.annotations.NullMarked;
