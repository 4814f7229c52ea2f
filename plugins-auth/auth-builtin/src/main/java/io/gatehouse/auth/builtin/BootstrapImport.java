package io.gatehouse.auth.builtin;

import io.gatehouse.auth.builtin.bootstrap.BootstrapUser;
import io.gatehouse.auth.builtin.hash.PasswordHash;
import io.gatehouse.auth.builtin.store.UserStore;
import io.gatehouse.auth.builtin.user.UserRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the users of a bootstrap file over into the store, all together; users that exist already are left as they are. */
final class BootstrapImport {
    private static final Logger LOG = LoggerFactory.getLogger(BootstrapImport.class);

    private final List<BootstrapUser> users;
    private final Hashing hashing;
    private final Workers hashers;

    BootstrapImport(List<BootstrapUser> users, Hashing hashing, Workers hashers) {
        this.users = users;
        this.hashing = hashing;
        this.hashers = hashers;
    }

    /** Hashes plain passwords on all hashing threads and imports. Blocks; called before anybody can log in. */
    void into(UserStore store) {
        if (users.isEmpty()) {
            return;
        }
        List<BootstrapUser> missing = users.stream()
                .filter(user -> store.find(user.userId()).isEmpty())
                .toList();
        Map<String, UserRecord> records = records(missing);
        int added = records.isEmpty() ? 0 : store.addAll(records);
        LOG.info("Imported {} users from the bootstrap file; {} exist already.", added, users.size() - added);
    }

    private Map<String, UserRecord> records(List<BootstrapUser> missing) {
        int slice = Math.max(1, Math.ceilDiv(missing.size(), hashers.threads()));
        List<Callable<Map<String, UserRecord>>> tasks = new ArrayList<>();
        for (int from = 0; from < missing.size(); from += slice) {
            List<BootstrapUser> part = missing.subList(from, Math.min(missing.size(), from + slice));
            tasks.add(() -> hashed(part));
        }
        Map<String, UserRecord> records = new HashMap<>();
        hashers.callAll(tasks).forEach(records::putAll);
        return records;
    }

    private Map<String, UserRecord> hashed(List<BootstrapUser> part) {
        Map<String, UserRecord> records = new HashMap<>();
        for (BootstrapUser user : part) {
            PasswordHash password = switch (user.credential()) {
                case BootstrapUser.Hashed hashed -> hashed.hash();
                case BootstrapUser.Plain plain -> hashing.hash(plain.password().toByteArray());
            };
            records.put(user.userId(), new UserRecord(user.superuser(), password));
        }
        return records;
    }
}
