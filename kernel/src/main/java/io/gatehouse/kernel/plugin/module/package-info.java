/**
 * What modules offer at this moment, and what becomes of it; knows nothing of OSGi.
 *
 * <p>The way of a service: {@code Roles} says which interfaces count, {@code Catalog} keeps what is there, {@code SnapshotFactory} makes
 * it a {@link io.gatehouse.kernel.plugin.PluginSnapshot}, {@code SnapshotHolder} publishes that and, when a service goes, waits until
 * nobody holds an older one that has it. {@code HealthWatch} and {@code ModuleReport} tell operators how they are.
 */
@NullMarked
package io.gatehouse.kernel.plugin.module;

import org.jspecify.annotations.NullMarked;
