/**
 * Plugins as the rest of the kernel sees them: {@link io.gatehouse.kernel.plugin.Plugins} for whoever asks modules,
 * {@link io.gatehouse.kernel.plugin.PluginAdministration} for operators. Words only; what is behind them has rooms of its own, each of
 * which may use those before it:
 *
 * <ul>
 *   <li>{@code module}: what modules offer, and the snapshots that are made of it
 *   <li>{@code osgi}, on {@code osgi.felix} and {@code osgi.rights}: jars inside the framework; nobody else knows {@code org.osgi}
 *   <li>{@code swap}: what runs, and how another takes its place
 *   <li>{@code folder}: what should run, as the folder, the configuration, trust and the operators say
 *   <li>{@code host}: the wiring, by hand, in {@code PluginHost}
 * </ul>
 */
@NullMarked
package io.gatehouse.kernel.plugin;

import org.jspecify.annotations.NullMarked;
