/**
 * What developers of plugins are helped with: which chains a plugin belongs into, the development loop, new projects. Nothing here is part
 * of a broker in production.
 */
@NullMarked
package io.gatehouse.kernel.develop;

import org.jspecify.annotations.NullMarked;
