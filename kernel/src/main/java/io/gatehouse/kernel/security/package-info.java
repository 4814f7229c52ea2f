/** Who may connect, publish and subscribe: chains of SDK objects go in, a decision comes out. Knows no OSGi and no network. */
@NullMarked
package io.gatehouse.kernel.security;

import org.jspecify.annotations.NullMarked;
