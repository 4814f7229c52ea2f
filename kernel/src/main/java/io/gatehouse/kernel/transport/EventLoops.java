package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.broker.Lanes;
import io.gatehouse.kernel.security.LaneWatch;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The event loops of the broker: one for each processor, each of them a lane, and all of them watched. Epoll where there is Linux, else NIO. */
public final class EventLoops implements AutoCloseable {
    private final EventLoopGroup group;
    private final Class<? extends ServerSocketChannel> serverChannel;
    private final List<EventLoopLane> lanes;
    private final Map<EventExecutor, EventLoopLane> byLoop = new HashMap<>();
    private final LaneWatch watch;

    /** Starts the threads: one for each processor. */
    public EventLoops() {
        this("lane", Runtime.getRuntime().availableProcessors());
    }

    /** Starts so many threads of this name. */
    public EventLoops(String name, int count) {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory handler = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        serverChannel = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        group = new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory(name), handler);
        lanes = lanes(group);
        lanes.forEach(lane -> byLoop.put(lane.loop(), lane));
        watch = new LaneWatch(lanes.stream().map(EventLoopLane::slot).toList()).start();
    }

    private static List<EventLoopLane> lanes(EventLoopGroup group) {
        List<EventLoopLane> lanes = new ArrayList<>();
        for (EventExecutor loop : group) {
            lanes.add(new EventLoopLane(lanes.size(), (EventLoop) loop));
        }
        return List.copyOf(lanes);
    }

    /** All lanes, for the core. */
    public Lanes lanes() {
        return new Lanes(List.copyOf(lanes));
    }

    EventLoopGroup group() {
        return group;
    }

    Class<? extends ServerSocketChannel> serverChannel() {
        return serverChannel;
    }

    /** The lane of an event loop of this group. */
    EventLoopLane laneOf(EventExecutor loop) {
        return Objects.requireNonNull(byLoop.get(loop), "an event loop of another group");
    }

    /** Ends the threads after what they have begun; waits for at most two seconds. */
    @Override
    public void close() {
        watch.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
