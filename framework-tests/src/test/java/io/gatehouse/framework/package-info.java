/** What the plugin host relies on in the OSGi framework, tried inside a framework like that of production. */
@NullMarked
package io.gatehouse.framework;

import org.jspecify.annotations.NullMarked;
