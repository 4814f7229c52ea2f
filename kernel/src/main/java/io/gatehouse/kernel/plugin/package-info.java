/**
 * The plugin host: OSGi bundles go in, immutable snapshots of chains come out. The only room that knows {@code org.osgi}.
 *
 * <p>The way of a service: {@code Roles} says which interfaces count, {@code ServiceWatch} hears of a service, {@code Catalog} keeps
 * what is there, {@code Snapshots} makes it a {@link io.gatehouse.kernel.plugin.PluginSnapshot}, {@code SnapshotHolder} publishes that
 * and, when a service goes, waits until nobody holds an older one that has it.
 */
@NullMarked
package io.gatehouse.kernel.plugin;

import org.jspecify.annotations.NullMarked;
