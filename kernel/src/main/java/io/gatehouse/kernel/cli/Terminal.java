package io.gatehouse.kernel.cli;

/** The human at the keyboard, if there is one. */
interface Terminal {
    /** True when there is one who sees the output and can be asked. */
    boolean interactive();

    /**
     * Asks for a secret without showing what is typed. Blocks.
     *
     * @throws CliFailure when nobody answers
     */
    String askSecret(String prompt) throws CliFailure;
}
