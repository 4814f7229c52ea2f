/** The components of the bundles that the tests install. */
@NullMarked
package io.gatehouse.framework.greeter;

import org.jspecify.annotations.NullMarked;
