package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chainrule.runtime.ParameterLayout;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the layout tells of each layer, beside the names of the parameters that stand there. */
class ParameterLayoutLayersTest {
    private static final ParameterLayout LAYOUT =
            ParameterLayout.of(2, new int[] {3, 1, 4}, new boolean[] {true, false, true});

    @Test
    void layersCountFromOneTheInputIsLayerZero() {
        assertThat(LAYOUT.layers()).isEqualTo(3);
        assertThat(LAYOUT.units(0)).isEqualTo(2);
        assertThat(LAYOUT.units(1)).isEqualTo(3);
        assertThat(LAYOUT.units(2)).isEqualTo(1);
        assertThat(LAYOUT.units(3)).isEqualTo(4);
    }

    @Test
    void biasesAreWhereTheLayerHasThem() {
        assertThat(LAYOUT.hasBiases(1)).isTrue();
        assertThat(LAYOUT.hasBiases(2)).isFalse();
        assertThat(LAYOUT.hasBiases(3)).isTrue();
    }

    @Test
    void placesAreThoseOfTheNames() {
        for (int layer = 1; layer <= 3; layer++) {
            assertThat(LAYOUT.name(LAYOUT.weightsFrom(layer))).isEqualTo("w" + layer + "_0_0");
            assertThat(LAYOUT.name(LAYOUT.biasesFrom(layer) - 1))
                    .isEqualTo("w" + layer + "_" + (LAYOUT.units(layer - 1) - 1) + "_" + (LAYOUT.units(layer) - 1));
            if (LAYOUT.hasBiases(layer)) {
                assertThat(LAYOUT.name(LAYOUT.biasesFrom(layer))).isEqualTo("b" + layer + "_0");
                assertThat(LAYOUT.name(LAYOUT.end(layer) - 1)).isEqualTo("b" + layer + "_" + (LAYOUT.units(layer) - 1));
            } else {
                assertThat(LAYOUT.end(layer)).isEqualTo(LAYOUT.biasesFrom(layer));
            }
        }
        assertThat(LAYOUT.weightsFrom(1)).isZero();
        assertThat(LAYOUT.weightsFrom(2)).isEqualTo(LAYOUT.end(1)).isEqualTo(9);
        assertThat(LAYOUT.weightsFrom(3)).isEqualTo(LAYOUT.end(2)).isEqualTo(12);
        assertThat(LAYOUT.end(3)).isEqualTo(LAYOUT.size()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 4})
    void otherLayersAreOutOfBounds(int layer) {
        assertOutOfBounds(LAYOUT::weightsFrom, layer, 1);
        assertOutOfBounds(LAYOUT::biasesFrom, layer, 1);
        assertOutOfBounds(LAYOUT::end, layer, 1);
        assertOutOfBounds(LAYOUT::hasBiases, layer, 1);
        if (layer != 0) {
            assertOutOfBounds(LAYOUT::units, layer, 0);
        }
    }

    private static void assertOutOfBounds(IntConsumer method, int layer, int first) {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> method.accept(layer))
                .withMessage("layer is " + layer + "; expected " + first + " to 3");
    }
}
