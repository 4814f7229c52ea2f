package io.gatehouse.auth.builtin.hash;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * A bcrypt hash in its usual text, {@code $2b$10$} with 53 more characters. As bcrypt does, it looks at the first 72 bytes of a password
 * only.
 */
final class BcryptHash implements PasswordHash {
    static final String PREFIX = "$2";
    private static final int MIN_COST = 4;
    private static final int MAX_COST = 16;
    private static final Pattern TEXT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

    private final String text;

    private BcryptHash(String text) {
        this.text = text;
    }

    /**
     * Takes a bcrypt text.
     *
     * @throws IllegalArgumentException when it is malformed or its cost is not 4 to 16; 16 takes seconds already
     */
    static BcryptHash decode(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "A bcrypt hash must have 60 characters and start with $2a$, $2b$ or $2y$ and a cost of two digits.");
        }
        int cost = Integer.parseInt(matcher.group(1));
        if (cost < MIN_COST || cost > MAX_COST) {
            throw new IllegalArgumentException(
                    "The cost of a bcrypt hash must be " + MIN_COST + " to " + MAX_COST + ", but is " + cost + ".");
        }
        return new BcryptHash(text);
    }

    @Override
    public boolean matches(byte[] password) {
        return OpenBSDBCrypt.checkPassword(text, password);
    }

    @Override
    public String encoded() {
        return text;
    }
}
