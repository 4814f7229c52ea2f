/** What should run: as the plugins folder, the configuration, trust and the operators' commands say, and why something does not. */
@NullMarked
package io.gatehouse.kernel.plugin.folder;

import org.jspecify.annotations.NullMarked;
