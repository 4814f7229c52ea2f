package io.gatehouse.kernel.bench;

/** What a worker counts. */
enum Count {
    /** Connections that were accepted, reconnects included. */
    CONNECTED,
    /** Connections that ended, whoever ended them, after they had been accepted. */
    DISCONNECTED,
    /** Clients that connected once more after a loss. */
    RECONNECTED,
    /** Clients that are ready, or will never be. */
    SETTLED,
    /** Clients that will never be ready. */
    FAILED,
    /** Messages written. */
    SENT,
    /** Bytes of them, with headers. */
    SENT_BYTES,
    /** Messages of QoS 1 and 2 that the broker acknowledged. */
    ACKNOWLEDGED,
    /** Messages that the broker refused with a reason code. */
    REFUSED,
    /** Messages whose acknowledgement was lost with the connection. */
    UNCONFIRMED,
    /** Acknowledgements of nothing that is in flight. */
    UNEXPECTED,
    /** Messages that came, repetitions included, others' not. */
    RECEIVED,
    /** Bytes of all messages that came, with headers. */
    RECEIVED_BYTES,
    /** Messages that came once more. */
    DUPLICATED,
    /** Messages that came after a later one. */
    OUT_OF_ORDER,
    /** Numbers left out, as far as is known. */
    GAPS,
    /** Messages that nobody in this run has sent. */
    FOREIGN,
    /** Messages that were written too late. */
    BEHIND,
    /** Times that a publisher went on although deliveries were missing. */
    STALLS;

    /** Its place in an array. */
    @SuppressWarnings("EnumOrdinal") // of one process
    int index() {
        return ordinal();
    }
}
