package io.gatehouse.auth.builtin.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One pass of a message digest over salt and password: what older brokers kept. Too cheap to resist guessing, therefore replaced at the
 * first login. Kept as {@code $sha256$prefix$salt$hash} with base64 salt and hexadecimal hash.
 */
final class DigestHash implements PasswordHash {
    private static final Pattern TEXT = Pattern.compile(
            "\\$(md5|sha1|sha256|sha512)\\$(prefix|suffix|disable)\\$([A-Za-z0-9+/]*)\\$([0-9a-fA-F]+)");

    private final Digest digest;
    private final SaltPosition position;
    private final byte[] salt;
    private final byte[] hash;

    /**
     * Checks what it is given.
     *
     * @throws IllegalArgumentException when the hash does not have the length of the digest
     */
    DigestHash(Digest digest, SaltPosition position, byte[] salt, byte[] hash) {
        if (hash.length != digest.bytes()) {
            throw new IllegalArgumentException("A " + digest.key() + " hash must have " + 2 * digest.bytes()
                    + " hexadecimal digits, but has " + 2 * hash.length + ".");
        }
        this.digest = digest;
        this.position = position;
        this.salt = position == SaltPosition.DISABLE ? new byte[0] : salt.clone();
        this.hash = hash.clone();
    }

    /**
     * Reads a stored text.
     *
     * @throws IllegalArgumentException when it is malformed
     */
    static DigestHash decode(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("A digest must look like $sha256$prefix$salt$hash.");
        }
        return new DigestHash(
                Digest.of(matcher.group(1)),
                SaltPosition.of(matcher.group(2)),
                Base64.getDecoder().decode(matcher.group(3)),
                HexFormat.of().parseHex(matcher.group(4)));
    }

    @Override
    public boolean matches(byte[] password) {
        MessageDigest computed = instance();
        switch (position) {
            case PREFIX -> {
                computed.update(salt);
                computed.update(password);
            }
            case SUFFIX -> {
                computed.update(password);
                computed.update(salt);
            }
            case DISABLE -> computed.update(password);
        }
        return MessageDigest.isEqual(hash, computed.digest());
    }

    @Override
    public String encoded() {
        return "$" + digest.key() + "$" + position.key() + "$"
                + Base64.getEncoder().withoutPadding().encodeToString(salt) + "$"
                + HexFormat.of().formatHex(hash);
    }

    private MessageDigest instance() {
        try {
            return MessageDigest.getInstance(digest.jcaName());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime has no " + digest.jcaName() + ".", e);
        }
    }
}
