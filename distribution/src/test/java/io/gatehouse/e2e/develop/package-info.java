/** What an author of plugins meets: a new project, the development loop. */
@NullMarked
package io.gatehouse.e2e.develop;

import org.jspecify.annotations.NullMarked;
