package io.gatehouse.auth.builtin.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
    private static final Argon2idParameters CHEAP = new Argon2idParameters(64, 1, 1);

    @Test
    void embeddedArgon2idComputesTheVectorOfRfc9106() {
        // RFC 9106 section 5.3
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(32)
                .withIterations(3)
                .withParallelism(4)
                .withSalt(repeated(0x02, 16))
                .withSecret(repeated(0x03, 8))
                .withAdditional(repeated(0x04, 12))
                .build());
        byte[] tag = new byte[32];
        generator.generateBytes(repeated(0x01, 32), tag);

        assertThat(HexFormat.of().formatHex(tag))
                .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                // the test suite of the reference implementation, phc-winner-argon2/src/test.c, version 0x13
                "password $argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "password $argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "password $argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
                // crypt_blowfish, the suite of John the Ripper
                "U*U $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "U*U* $2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK",
                "U*U*U $2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a",
                // RFC 7914 section 11: PBKDF2-HMAC-SHA-256
                "passwd $pbkdf2-sha256$i=1$c2FsdA$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLxJypzM8Xm2RZkWZLOdd+8xfHG4RbHjC9UJESBB06GXgw"
            })
    void verifiesPublishedVectors(String password, String text) {
        PasswordHash hash = PasswordHashes.decode(text);

        assertThat(hash.matches(bytes(password))).isTrue();
        assertThat(hash.matches(bytes(password + "x"))).isFalse();
        assertThat(hash.encoded()).isEqualTo(text);
    }

    @Test
    void verifiesAPasswordOfPbkdf2ThatContainsZeroBytes() {
        // RFC 6070, the last vector: SHA-1, 4096 iterations, 16 bytes
        PasswordHash hash = new Pbkdf2Hash(
                Digest.SHA1, 4_096, bytes("sa\0lt"), HexFormat.of().parseHex("56fa6aa75548099dcc37d7f03425e0c3"));

        assertThat(hash.matches(bytes("pass\0word"))).isTrue();
        assertThat(hash.matches(bytes("pass"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // RFC 6070
        "SHA1, 1, 0c60c80f961f0e71f3a9b524af6012062fe037a6",
        "SHA1, 4096, 4b007901b765489abead49d926f721d065a429c1",
        // the same inputs with SHA-512, cross-checked with OpenSSL
        "SHA512, 1, 867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce"
    })
    void verifiesPbkdf2WithOtherDigests(Digest digest, int iterations, String hash) {
        assertThat(new Pbkdf2Hash(
                                digest,
                                iterations,
                                bytes("salt"),
                                HexFormat.of().parseHex(hash))
                        .matches(bytes("password")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "MD5, PREFIX, 67a1e09bb1f83f5007dc119c14d663aa",
        "SHA1, PREFIX, 59b3e8d637cf97edbe2384cf59cb7453dfe30789",
        "SHA256, PREFIX, 13601bda4ea78e55a07b98866d2be6be0744e3866f13c00c811cab608a28f322",
        "SHA256, SUFFIX, 7a37b85c8918eac19a9089c0fa5a2ab4dce3f90528dcdeec108b23ddf3607b99",
        "SHA256, DISABLE, 5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8"
    })
    void verifiesDigestsWithTheSaltWhereItStands(Digest digest, SaltPosition position, String hex) {
        PasswordHash hash =
                new DigestHash(digest, position, bytes("salt"), HexFormat.of().parseHex(hex));

        assertThat(hash.matches(bytes("password"))).isTrue();
        assertThat(hash.matches(bytes("Password"))).isFalse();
        assertThat(PasswordHashes.decode(hash.encoded()).matches(bytes("password")))
                .isTrue();
    }

    @Test
    void bcryptLooksAtSeventyTwoBytes() {
        String password = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        // the vector of crypt_blowfish with the same 72 bytes
        PasswordHash hash = PasswordHashes.decode("$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui");

        assertThat(hash.matches(bytes(password + "chars after 72 are ignored"))).isTrue();
        assertThat(hash.matches(bytes(password.substring(1)))).isFalse();
    }

    @Test
    void saltsEachArgon2idHashAnew() {
        SecureRandom random = new SecureRandom();
        Argon2idHash first = Argon2idHash.of(bytes("secret"), CHEAP, random);
        Argon2idHash second = Argon2idHash.of(bytes("secret"), CHEAP, random);

        assertThat(first.encoded()).isNotEqualTo(second.encoded());
        assertThat(first.matches(bytes("secret"))).isTrue();
        assertThat(second.matches(bytes("secret"))).isTrue();
    }

    @Test
    void writesArgon2idWithSixteenBytesOfSaltAndThirtyTwoOfHash() {
        String[] parts = Argon2idHash.of(bytes("secret"), CHEAP, new SecureRandom())
                .encoded()
                .split("\\$", -1);

        assertThat(Base64.getDecoder().decode(parts[4])).hasSize(16);
        assertThat(Base64.getDecoder().decode(parts[5])).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=262145,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=64,t=17,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=64,t=1,p=9$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$2a$17$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
                "$2x$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
                "$pbkdf2-md5$i=1$c2FsdA$VawEbjg86eMWIrQ2HkkfBA",
                "$pbkdf2-sha256$i=2000001$c2FsdA$VawEbjg86eMWIrQ2HkkfBA",
                "$pbkdf2-sha256$i=0$c2FsdA$VawEbjg86eMWIrQ2HkkfBA",
                "$sha256$prefix$c2FsdA$abcd",
                "$sha256$middle$c2FsdA$5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8"
            })
    void refusesWhatIsMalformedOrCostsTooMuch(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordHashes.decode(text))
                .satisfies(e -> assertThat(e.getMessage()).endsWith("."));
    }

    @Test
    void knowsWeakerParameters() {
        Argon2idParameters owasp = new Argon2idParameters(19_456, 2, 1);

        assertThat(new Argon2idParameters(19_455, 2, 1).weakerThan(owasp)).isTrue();
        assertThat(new Argon2idParameters(19_456, 1, 1).weakerThan(owasp)).isTrue();
        assertThat(new Argon2idParameters(19_456, 2, 2).weakerThan(owasp)).isFalse();
        assertThat(new Argon2idParameters(65_536, 3, 1).weakerThan(owasp)).isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] repeated(int value, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
