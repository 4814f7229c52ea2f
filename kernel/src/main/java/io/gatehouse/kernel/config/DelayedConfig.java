package io.gatehouse.kernel.config;

/**
 * Messages that are published later. Each key stands under {@code delayed}.
 *
 * @param enabled whether {@code $delayed/{seconds}/{topic}} is taken; default true
 * @param maxMessages how many may wait, 1 to 10,000,000; default 100,000
 * @param maxBytes how many bytes of payload, topics and properties may wait, 64 KiB to 1 GiB; default 64 MiB
 */
public record DelayedConfig(boolean enabled, int maxMessages, int maxBytes) {
    /** As by default. */
    public static final DelayedConfig DEFAULT = new DelayedConfig(true, 100_000, 64 * 1024 * 1024);
}
