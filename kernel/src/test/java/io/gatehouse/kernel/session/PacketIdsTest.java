package io.gatehouse.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacketIdsTest {
    private static final long LIFE = 100;

    private final PacketIds ids = new PacketIds(LIFE);

    @Test
    void holdsEveryIdentifierThereIs() {
        for (int id = 1; id <= 65_535; id++) {
            assertThat(ids.contains(id)).isFalse();
            ids.add(id, 0);
        }
        assertThat(ids.size()).isEqualTo(65_535);
        assertThat(ids.remove(65_535)).isTrue();
        assertThat(ids.remove(65_535)).isFalse();
        assertThat(ids.size()).isEqualTo(65_534);
    }

    @Test
    void forgetsWhatIsOldButNothingThatIsYoung() {
        ids.add(1, 0);
        ids.add(2, 60);
        ids.forgetOld(99);
        assertThat(ids.size()).isEqualTo(2);

        ids.forgetOld(110);
        ids.add(3, 120);
        ids.forgetOld(210);
        assertThat(ids.contains(1)).isFalse();
        assertThat(ids.contains(2)).isFalse();
        assertThat(ids.contains(3)).isTrue();
        assertThat(ids.size()).isEqualTo(1);
    }

    @Test
    void forgetsAllWhenTheYoungestIsOld() {
        ids.add(1, 0);
        ids.add(2, 1);

        ids.forgetOld(101);

        assertThat(ids.size()).isZero();
    }
}
