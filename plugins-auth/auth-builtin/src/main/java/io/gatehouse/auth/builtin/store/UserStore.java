package io.gatehouse.auth.builtin.store;

import io.gatehouse.auth.builtin.user.UserRecord;
import io.gatehouse.sdk.users.UserDirectory.User;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * The users in a file of H2's MVStore: one map from user id to {@link UserRecord}.
 *
 * <p>Many threads may read and write. Nothing is written behind the caller's back: each change is committed, and except for
 * {@link #refresh} forced to the disk, before its method returns. After a failed write the store is closed, and what was committed is
 * there when it is opened again.
 *
 * <p>A thread that may be interrupted must not call: an interrupt during a read or write closes the file.
 */
public final class UserStore implements AutoCloseable {
    private static final int FORMAT = 1;
    private static final int CACHE_MIB = 8;

    private final Path file;
    private final MVStore store;
    private final MVMap<String, String> users;
    private final ReentrantLock writing = new ReentrantLock();

    private UserStore(Path file, MVStore store, MVMap<String, String> users) {
        this.file = file;
        this.store = store;
        this.users = users;
    }

    /**
     * Opens the file, or creates it readable by the broker's account only. A file that cannot be understood is not changed.
     *
     * @throws UserStoreException when it cannot be opened
     */
    public static UserStore open(Path file) {
        try {
            PrivateFiles.prepare(file);
            return opened(file);
        } catch (IOException e) {
            throw new UserStoreException(
                    "The user store " + file + " cannot be created (" + e
                            + "); give the broker's account the right to write there.",
                    e);
        } catch (UserStoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UserStoreException(whyNotOpened(file, e), e);
        }
    }

    private static UserStore opened(Path file) {
        MVStore store = new MVStore.Builder()
                .fileName(file.toAbsolutePath().toString())
                .cacheSize(CACHE_MIB)
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .open();
        int format = store.getStoreVersion();
        if (format > FORMAT) {
            store.closeImmediately();
            throw new UserStoreException("The user store " + file + " has format " + format
                    + ", but this version of auth-builtin knows formats up to " + FORMAT
                    + "; install the newer version of auth-builtin again.");
        }
        if (format != FORMAT) {
            store.setStoreVersion(FORMAT);
        }
        MVMap<String, String> users = store.openMap(
                "users",
                new MVMap.Builder<String, String>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(StringDataType.INSTANCE));
        return new UserStore(file, store, users);
    }

    /** False after a failed write and after {@link #close}. */
    public boolean isOpen() {
        return !store.isClosed();
    }

    /** True when there are no users. */
    public boolean isEmpty() {
        return guarded(users::isEmpty);
    }

    /** The user with this id. */
    public Optional<UserRecord> find(String userId) {
        return guarded(() -> Optional.ofNullable(users.get(userId)).map(UserRecord::decode));
    }

    /** True while the user is as it was read. */
    public boolean holds(String userId, UserRecord record) {
        return guarded(() -> record.encoded().equals(users.get(userId)));
    }

    /** Users sorted by id, those after {@code after} only, at most {@code limit}. */
    public List<User> list(String after, int limit) {
        return guarded(() -> {
            List<User> page = new ArrayList<>();
            @Nullable String first = users.higherKey(after);
            if (first == null) {
                return page;
            }
            Iterator<String> ids = users.keyIterator(first);
            while (page.size() < limit && ids.hasNext()) {
                String id = ids.next();
                String text = users.get(id);
                if (text != null) {
                    page.add(new User(id, UserRecord.isSuperuser(text)));
                }
            }
            return page;
        });
    }

    /** Adds a user unless there is one with this id; durable. */
    public boolean add(String userId, UserRecord record) {
        return changed(() -> users.putIfAbsent(userId, record.encoded()) == null, true);
    }

    /**
     * Adds those users whose ids are not taken; all of them become durable together.
     *
     * @return how many were added
     */
    public int addAll(Map<String, UserRecord> records) {
        return guarded(() -> {
            writing.lock();
            try {
                int before = users.size();
                records.forEach((userId, record) -> users.putIfAbsent(userId, record.encoded()));
                store.commit();
                store.sync();
                return users.size() - before;
            } finally {
                writing.unlock();
            }
        });
    }

    /** Replaces what is kept of a user if it still is what was read; durable. */
    public boolean replace(String userId, UserRecord expected, UserRecord replacement) {
        return changed(() -> users.replace(userId, expected.encoded(), replacement.encoded()), true);
    }

    /**
     * The same for a change that may be lost with the machine's power because the old record is as good: the disk is not waited for.
     */
    public boolean refresh(String userId, UserRecord expected, UserRecord replacement) {
        return changed(() -> users.replace(userId, expected.encoded(), replacement.encoded()), false);
    }

    /** Removes a user; durable. */
    public boolean remove(String userId) {
        return changed(() -> users.remove(userId) != null, true);
    }

    /** Closes the file. */
    @Override
    public void close() {
        try {
            store.close();
        } catch (RuntimeException e) {
            // Tidying up a damaged file failed; what the users did has been written before.
            store.closeImmediately();
        }
    }

    private boolean changed(Supplier<Boolean> change, boolean durable) {
        return guarded(() -> {
            writing.lock();
            try {
                boolean changed = change.get();
                if (changed) {
                    store.commit();
                }
                if (changed && durable) {
                    store.sync();
                }
                return changed;
            } finally {
                writing.unlock();
            }
        });
    }

    private <T> T guarded(Supplier<T> action) {
        try {
            return action.get();
        } catch (UserStoreException e) {
            throw e;
        } catch (RuntimeException e) {
            // MVStore's own exception, one of a record that cannot be read, or whatever damaged bytes lead to
            throw new UserStoreException(
                    "The user store " + file + " failed (" + e.getMessage()
                            + "); check the disk, and restore the file from a backup if it is damaged.",
                    e);
        }
    }

    private static String whyNotOpened(Path file, RuntimeException e) {
        int code = e instanceof MVStoreException known ? known.getErrorCode() : DataUtils.ERROR_FILE_CORRUPT;
        boolean truncated = e.getCause() instanceof EOFException;
        if (code == DataUtils.ERROR_FILE_LOCKED) {
            return "The user store " + file
                    + " is in use by another process; stop that process or give this broker its own data"
                    + " directory.";
        }
        if (code == DataUtils.ERROR_READING_FAILED && !truncated) {
            return "The user store " + file + " cannot be read (" + e.getCause()
                    + "); check the disk and the rights of the broker's account.";
        }
        if (code == DataUtils.ERROR_WRITING_FAILED) {
            return "The user store " + file + " cannot be written (" + e.getCause() + "); check the space on the disk.";
        }
        return "The user store " + file
                + " is damaged or no user store; restore it from a backup, or move it away to start"
                + " without users.";
    }
}
