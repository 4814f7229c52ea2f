/** What each module may be told, read from the Metatype descriptions in the plugins' jars without starting them. */
@NullMarked
package io.gatehouse.kernel.config.schema;

import org.jspecify.annotations.NullMarked;
