package io.gatehouse.kernel.bench;

import io.gatehouse.sdk.mqtt.Payload;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;

/** All workers with all clients. Called by the thread that runs the bench; calls wait for the workers' answers. */
final class Workforce implements AutoCloseable {
    private final RunContext run;
    private final Loops loops;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Publisher> publishers = new ArrayList<>();

    private Workforce(RunContext run, Loops loops) {
        this.run = run;
        this.loops = loops;
    }

    /** Starts the threads; nobody connects yet. */
    static Workforce start(RunContext run) {
        BenchPlan plan = run.plan();
        Loops loops = new Loops(plan.crew().threads());
        Workforce force = new Workforce(run, loops);
        List<EventLoop> all = loops.all();
        for (EventLoop loop : all) {
            int number = force.workers.size();
            Connector connector = new Connector(run, loop, loops.bootstrap(loop), number, all.size());
            force.workers.add(new Worker(run, loop, connector));
        }
        force.hire();
        return force;
    }

    private void hire() {
        BenchPlan plan = run.plan();
        Topics topics = new Topics(plan.traffic());
        String prefix = plan.identity().prefix();
        for (int i = 0; i < plan.crew().idle(); i++) {
            Role role = new Role.Idle();
            worker(i).add(new BenchClient(worker(i), role, prefix + role.letter() + i));
        }
        boolean pairs = plan.mode() == Mode.PAIRS;
        for (int i = 0; i < plan.crew().subscribers(); i++) {
            String id = prefix + 's' + i;
            String filter = topics.filter(pairs, i, id, prefix + 'p' + i);
            Worker worker = worker(i);
            Arrivals arrivals = new Arrivals(run, worker.counters(), worker.latencies());
            worker.add(new BenchClient(worker, new Subscriber(worker, arrivals, filter), id));
        }
        hirePublishers(topics, prefix);
    }

    private void hirePublishers(Topics topics, String prefix) {
        BenchPlan plan = run.plan();
        BenchPlan.Traffic traffic = plan.traffic();
        Payload payload = traffic.payload();
        byte[] shared = payload.toByteArray();
        for (int i = 0; i < plan.crew().publishers(); i++) {
            String id = prefix + 'p' + i;
            PublishTemplate template = PublishTemplate.of(
                    plan.identity().version(), topics.topic(i, id), traffic.qos(), traffic.retain(), payload, shared);
            Worker worker = worker(i);
            Publisher publisher = new Publisher(worker, i, template, run.deliveries());
            publishers.add(publisher);
            worker.add(new BenchClient(worker, publisher, id), publisher);
        }
    }

    /** Publisher and subscriber of a pair belong to the same worker. */
    private Worker worker(int client) {
        return workers.get(client % workers.size());
    }

    void connectAll() {
        long start = run.clock().now();
        tell(worker -> worker.connectAll(start));
    }

    void publish(Agenda agenda) {
        List<Publisher> everybody = List.copyOf(publishers);
        tell(worker -> worker.expect(everybody, agenda)); // what one publishes, another may get at once
        tell(worker -> worker.publish(agenda));
    }

    void listen(long from) {
        tell(worker -> worker.listen(from));
    }

    void endPublishing() {
        tell(Worker::endPublishing);
    }

    void leave() {
        tell(Worker::leave);
    }

    /** Counters of all workers. */
    Tally tally() {
        return ask(worker -> worker::tally).stream().reduce(Tally.ZERO, Tally::plus);
    }

    /** Counters, and the latencies since the last time. */
    Snapshot snapshot() {
        return ask(worker -> worker::snapshot).stream().reduce(Snapshot.nothing(), Snapshot::with);
    }

    /** How many messages that were due have not been sent. */
    long unsent() {
        return ask(worker -> worker::unsent).stream().mapToLong(Long::longValue).sum();
    }

    private void tell(Consumer<Worker> order) {
        ask(worker -> () -> {
            order.accept(worker);
            return true;
        });
    }

    /** Asks all at once, and waits for the answers. */
    private <T> List<T> ask(Function<Worker, Callable<T>> question) {
        List<Future<T>> answers = workers.stream()
                .map(worker -> worker.loop().submit(question.apply(worker)))
                .toList();
        return answers.stream()
                .map(answer -> answer.syncUninterruptibly().getNow())
                .toList();
    }

    /** Ends the threads. */
    @Override
    public void close() {
        loops.close();
    }
}
