package io.gatehouse.auth.builtin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.gatehouse.auth.builtin.hash.PasswordHashes;
import io.gatehouse.auth.builtin.user.UserRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StoreKeeperTest {
    private static final UserRecord USER =
            new UserRecord(false, PasswordHashes.decode("$md5$disable$$5f4dcc3b5aa765d61d8327deb882cf99"));

    @TempDir
    Path directory;

    private final List<String> trouble = new CopyOnWriteArrayList<>();

    @Test
    void opensTheStoreOnceAndPreparesItBeforeAnybodySeesIt() throws Exception {
        List<String> order = new ArrayList<>();
        try (StoreKeeper keeper = keeper(store -> order.add("prepared"))) {
            assertThat(keeper.openIfFree()).isTrue();
            keeper.use(store -> order.add("used"));
            keeper.use(store -> order.add("used again"));
        }
        assertThat(order).containsExactly("prepared", "used", "used again");
    }

    @Test
    void waitsForAnotherVersionOfTheModuleToLetGo() throws Exception {
        StoreKeeper old = keeper(store -> {});
        assertThat(old.openIfFree()).isTrue();
        try (StoreKeeper next = keeper(store -> {})) {
            assertThat(next.openIfFree()).isFalse();

            FutureTask<Boolean> waiting = new FutureTask<>(() -> next.use(UserStore::isEmpty));
            Thread waiter = Thread.ofPlatform().start(waiting);
            await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
            old.use(store -> store.add("alice", USER));
            old.close();

            assertThat(waiting.get(30, TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void aSecondVersionLeavesTheFirstItsLockOnTheFile() throws Exception {
        try (StoreKeeper old = keeper(store -> {});
                StoreKeeper next = keeper(store -> {})) {
            old.openIfFree();
            next.openIfFree();

            boolean added = old.use(store -> store.add("alice", USER));

            assertThat(added).isTrue();
        }
    }

    @Test
    void closingEndsTheWaitForAnotherVersion() throws Exception {
        try (StoreKeeper old = keeper(store -> {})) {
            old.openIfFree();
            StoreKeeper next = keeper(store -> {});
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            Thread waiter = Thread.ofPlatform().start(() -> {
                try {
                    next.use(UserStore::isEmpty);
                    outcome.complete(new AssertionError("was given a store"));
                } catch (UserStoreException | InterruptedException e) {
                    outcome.complete(e);
                }
            });
            await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
            next.close();

            assertThat(outcome.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(UserStoreException.class)
                    .hasMessageEndingWith("has been closed because auth-builtin is stopping.");
        }
    }

    @Test
    void opensAgainAfterAStoreThatClosedItself() throws Exception {
        try (StoreKeeper keeper = keeper(store -> {})) {
            keeper.use(store -> store.add("alice", USER));
            keeper.use(store -> {
                store.close();
                return true;
            });

            boolean added = keeper.use(store -> store.add("bob", USER));
            Optional<UserRecord> found = keeper.use(store -> store.find("alice"));

            assertThat(added).isTrue();
            assertThat(found).isPresent();
        }
    }

    @Test
    void tellsOfAFailure() {
        try (StoreKeeper keeper = keeper(store -> {})) {
            assertThatExceptionOfType(UserStoreException.class)
                    .isThrownBy(() -> keeper.use(store -> {
                        store.close();
                        return store.addAll(Map.of("alice", USER));
                    }));
            assertThat(trouble).hasSize(1).first().asString().contains(file().toString(), "check the disk");
        }
    }

    @Test
    void aFailedPreparationLeavesTheStoreClosedAndTheNextTriesAgain() throws Exception {
        List<String> attempts = new ArrayList<>();
        try (StoreKeeper keeper = keeper(store -> {
            attempts.add("attempt");
            if (attempts.size() == 1) {
                throw new IllegalStateException("not now");
            }
        })) {
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(keeper::openIfFree);

            boolean empty = keeper.use(UserStore::isEmpty);

            assertThat(empty).isTrue();
            assertThat(attempts).hasSize(2);
        }
    }

    @Test
    void refusesAfterClosing() {
        StoreKeeper keeper = keeper(store -> {});
        keeper.openIfFree();
        keeper.close();

        assertThatExceptionOfType(UserStoreException.class).isThrownBy(() -> keeper.use(UserStore::isEmpty));
    }

    private StoreKeeper keeper(Consumer<UserStore> whenFirstOpened) {
        return new StoreKeeper(file(), whenFirstOpened, trouble::add);
    }

    private Path file() {
        return directory.resolve("auth-builtin").resolve("users.mvstore");
    }
}
