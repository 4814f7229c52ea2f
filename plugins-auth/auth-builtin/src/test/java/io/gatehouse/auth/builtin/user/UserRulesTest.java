package io.gatehouse.auth.builtin.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.sdk.mqtt.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "alice@example.org", "space is fine", "\u540d\u524d", "\ud83d\udd11"})
    void acceptsUserIdsThatMqttCanCarry(String userId) {
        assertThat(UserIds.checked(userId)).isEqualTo(userId);
    }

    @Test
    void acceptsTheLongestUserId() {
        assertThat(UserIds.checked("\u00e9".repeat(32_767) + "x")).hasSize(32_768);
    }

    @Test
    void refusesAUserIdThatIsEmptyOrTooLong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UserIds.checked(""))
                .withMessage("A user id must have 1 to 65,535 bytes in UTF-8, but this one has 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UserIds.checked("\u00e9".repeat(32_768)))
                .withMessage("A user id must have 1 to 65,535 bytes in UTF-8, but this one has 65536.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "a\nb", "a\u007Fb", "a\u0085b"})
    void refusesControlCharactersInAUserId(String userId) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UserIds.checked(userId))
                .withMessage("A user id must not contain control characters.");
    }

    @Test
    void refusesAUserIdThatIsNoUnicode() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UserIds.checked("a\ud800"))
                .withMessage("A user id must be text that can be written in UTF-8.");
    }

    @Test
    void refusesAPasswordThatIsEmptyOrTooLong() {
        Secret longest = Secret.copyOf(new byte[1_024]);

        assertThat(Passwords.checked(longest)).isSameAs(longest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Passwords.checked(Secret.ofUtf8("")))
                .withMessage("A password must have 1 to 1,024 bytes in UTF-8, but this one has 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Passwords.checked(Secret.copyOf(new byte[1_025])))
                .withMessage("A password must have 1 to 1,024 bytes in UTF-8, but this one has 1025.");
    }
}
