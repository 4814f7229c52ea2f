package io.gatehouse.e2e.peer;

/** The broker said no, in the way that the client's library tells it. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final int code;

    /** @param code the return code or reason code that the broker sent */
    public Refused(int code, Throwable cause) {
        super("refused with code " + code, cause);
        this.code = code;
    }

    /** The return code (3.x) or reason code (5.0). */
    public int code() {
        return code;
    }
}
