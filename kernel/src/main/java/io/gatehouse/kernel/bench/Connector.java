package io.gatehouse.kernel.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connects the clients of one worker: at a steady rate, or as fast as the broker answers. On the event loop of its worker. */
final class Connector {
    private final RunContext run;
    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final int worker;
    private final int workers;
    private final int window;
    private final Queue<BenchClient> waiting = new ArrayDeque<>();
    private @Nullable PacedSchedule schedule;
    private long slot;
    private long connections;
    private int pending;
    private boolean ticking;

    /**
     * A connector.
     *
     * @param worker the number of its worker among {@code workers}, who take turns
     */
    Connector(RunContext run, EventLoop loop, Bootstrap bootstrap, int worker, int workers) {
        this.run = run;
        this.loop = loop;
        this.bootstrap = bootstrap;
        this.worker = worker;
        this.workers = workers;
        this.window = Math.max(1, run.plan().crew().connectWindow() / workers);
    }

    /** Begins with these. */
    void begin(List<BenchClient> clients, long start) {
        double rate = run.plan().crew().connectRate();
        schedule = rate > 0 ? new PacedSchedule(start, rate) : null;
        waiting.addAll(clients);
        goOn();
    }

    /** Connects one more, out of turn. */
    void again(BenchClient client) {
        connect(client, run.clock().now());
    }

    /** One that was connecting is accepted or lost. */
    void answered() {
        pending--;
        if (!ticking) {
            goOn();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what fails is told by the client
    private void goOn() {
        ticking = false;
        long now = run.clock().now();
        while (!waiting.isEmpty() && pending < window) {
            long due = schedule == null ? now : schedule.due(slot * workers + worker);
            if (due > now) {
                ticking = true;
                loop.schedule(this::goOn, due - now, TimeUnit.NANOSECONDS);
                return;
            }
            slot++;
            connect(waiting.remove(), due);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the listener hears of it
    private void connect(BenchClient client, long due) {
        pending++;
        client.begin(due, run.clock().now());
        Bootstrap one = bootstrap.clone().handler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                run.tls().ifPresent(tls -> channel.pipeline().addLast(tls.handler(channel)));
                channel.pipeline().addLast(client.attach(channel));
            }
        });
        Optional<InetAddress> source = source();
        ChannelFuture connected = source.isPresent()
                ? one.connect(run.remote(), new InetSocketAddress(source.get(), 0))
                : one.connect(run.remote());
        connected.addListener(done -> {
            Throwable failure = done.cause();
            if (failure != null) {
                client.lost(Reasons.of(failure));
            }
        });
    }

    /** The addresses in turn, each worker with a beginning of its own. */
    private Optional<InetAddress> source() {
        List<InetAddress> local = run.local();
        return local.isEmpty()
                ? Optional.empty()
                : Optional.of(local.get((int) ((connections++ * workers + worker) % local.size())));
    }
}
