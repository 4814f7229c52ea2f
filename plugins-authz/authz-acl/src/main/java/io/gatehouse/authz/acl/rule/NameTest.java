package io.gatehouse.authz.acl.rule;

/** What a rule demands of a name. */
sealed interface NameTest {
    /**
     * True when the name is as demanded.
     *
     * @param whenUnsure the answer for a name that cannot be judged in bounded time: true makes a denial match, false keeps a permission
     *     from matching
     */
    boolean accepts(String name, boolean whenUnsure);

    /** Exactly this text. */
    record Exactly(String expected) implements NameTest {
        @Override
        public boolean accepts(String name, boolean whenUnsure) {
            return name.equals(expected);
        }
    }

    /** A regular expression that is found somewhere in the name. */
    record Found(BoundedRegex regex) implements NameTest {
        @Override
        public boolean accepts(String name, boolean whenUnsure) {
            return regex.canJudge(name) ? regex.isFoundIn(name) : whenUnsure;
        }
    }
}
