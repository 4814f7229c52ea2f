/**
 * Plugin jars as bundles in the framework: brought in, configured, started, told apart and taken out by {@code BundleRunner}, their
 * services found by {@code ServiceWatch}. This room and those in it are the only users of {@code org.osgi}.
 */
@NullMarked
package io.gatehouse.kernel.plugin.osgi;

import org.jspecify.annotations.NullMarked;
