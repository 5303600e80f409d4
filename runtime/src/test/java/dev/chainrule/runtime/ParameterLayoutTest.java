package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterLayoutTest {
    private static final ParameterLayout LAYOUT =
            ParameterLayout.of(2, new int[] {3, 1, 2}, new boolean[] {true, false, true});

    @Test
    void namesFollowTheLayout() {
        assertThat(IntStream.range(0, LAYOUT.size()).mapToObj(LAYOUT::name))
                .containsExactly(
                        "w1_0_0", "w1_0_1", "w1_0_2", "w1_1_0", "w1_1_1", "w1_1_2", "b1_0", "b1_1", "b1_2", //
                        "w2_0_0", "w2_1_0", "w2_2_0", //
                        "w3_0_0", "w3_0_1", "b3_0", "b3_1");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 16, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void otherIndicesAreOutOfBounds(int index) {
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> LAYOUT.name(index));
    }

    @Test
    void everyLayerSaysWhetherItHasBiases() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParameterLayout.of(2, new int[] {3, 1}, new boolean[] {true}))
                .withMessage("biases has 1 values; expected one a layer, 2");
    }

    @Test
    void moreParametersThanAnIntCountsAreRefused() {
        int half = 1 << 15;
        assertThat(ParameterLayout.of(half, new int[] {half}, new boolean[] {true})
                        .name(half * half))
                .isEqualTo("b1_0");
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> ParameterLayout.of(2 * half, new int[] {half}, new boolean[] {false}))
                .withMessage("layers 1 to 1 have 2147483648 parameters; expected at most 2147483647");
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> ParameterLayout.of(half, new int[] {half, half}, new boolean[] {true, true}))
                .withMessage("layers 1 to 2 have 2147549184 parameters; expected at most 2147483647");
    }

    @Test
    void theCallersArraysStayTheCallers() {
        int[] units = {2};
        ParameterLayout layout = ParameterLayout.of(1, units, new boolean[] {true});
        units[0] = 7;
        assertThat(layout.name(3)).isEqualTo("b1_1");
    }

    private static ParameterLayout withLetters(String[]... letters) {
        return ParameterLayout.of(1, new int[] {2, 1}, new boolean[] {true, false}, letters);
    }

    @Test
    void lettersFollowTheBiases() {
        ParameterLayout layout = withLetters(new String[] {"Q", "a_1", "b"}, new String[] {"p"});
        assertThat(IntStream.range(0, layout.size()).mapToObj(layout::name))
                .containsExactly(
                        "w1_0_0",
                        "w1_0_1",
                        "b1_0",
                        "b1_1", //
                        "p1_Q_0",
                        "p1_Q_1",
                        "p1_a_1_0",
                        "p1_a_1_1",
                        "p1_b_0",
                        "p1_b_1", //
                        "w2_0_0",
                        "w2_1_0",
                        "p2_p_0");
        assertThat(layout.letters(1)).containsExactly("Q", "a_1", "b");
        assertThat(layout.lettersFrom(1)).isEqualTo(4);
        assertThat(layout.end(1)).isEqualTo(10);
        assertThat(layout.biasesFrom(2)).isEqualTo(12);
        assertThat(layout.lettersFrom(2)).isEqualTo(12);
        assertThat(LAYOUT.letters(3)).isEmpty();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> layout.letters(0));
    }

    @Test
    void lettersAscendAndEveryLayerSaysWhichItHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withLetters(new String[] {"b", "a"}, new String[0]))
                .withMessage("letters has [b, a]; expected them to ascend");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withLetters(new String[] {"a", "a"}, new String[0]))
                .withMessage("letters has [a, a]; expected them to ascend");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withLetters(new String[] {"a"}))
                .withMessage("letters has 1 arrays; expected one a layer, 2");
    }

    @Test
    void lettersCountAmongTheParameters() {
        int half = 1 << 15;
        String[][] letters = {new String[half - 1]};
        Arrays.setAll(letters[0], i -> "a%05d".formatted(i));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> ParameterLayout.of(half, new int[] {half + 1}, new boolean[] {true}, letters))
                .withMessageStartingWith("layers 1 to 1 have 2147549184 parameters");
    }

    @Test
    void text() {
        assertThat(ParameterLayout.of(2, new int[] {3, 1}, new boolean[] {true, false}))
                .hasToString("2-3-1(no bias), 12 parameters");
    }
}
