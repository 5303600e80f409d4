package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkDescriptionTest {
    private static final LayerDescription[] LAYERS = {
        new LayerDescription(3, "TANH", true), new LayerDescription(1, "SIGMOID", false)
    };

    private static final NetworkDescription DESCRIPTION =
            NetworkDescription.of(2, LAYERS, "BINARY_CROSS_ENTROPY", TargetKind.PROBABILITIES);

    /** Files of weights and checkpoints have it: those of before have to be read. */
    @Test
    void theTopologyIsOneLineOfText() {
        assertThat(DESCRIPTION.topology()).isEqualTo("2-3(TANH)-1(SIGMOID, no bias) BINARY_CROSS_ENTROPY");
        assertThat(DESCRIPTION)
                .hasToString("2-3(TANH)-1(SIGMOID, no bias) BINARY_CROSS_ENTROPY, 12 parameters")
                .isEqualTo(
                        new NetworkDescription(2, List.of(LAYERS), "BINARY_CROSS_ENTROPY", TargetKind.PROBABILITIES));
    }

    @Test
    void theLayoutIsThatOfTheLayers() {
        assertThat(DESCRIPTION.outputs()).isEqualTo(1);
        assertThat(DESCRIPTION.layout()).hasToString("2-3-1(no bias), 12 parameters");
        assertThat(DESCRIPTION.layout().name(8)).isEqualTo("b1_2");
    }

    @Test
    void parametersHaveTheNamesOfTheLayout() {
        LinearUnit unit = new LinearUnit(1, 2, 3);
        assertThat(NetworkDescription.of(unit)).contains(unit.description());
        assertThat(NetworkDescription.parameterName(unit, 2)).isEqualTo("b1_0");
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> NetworkDescription.parameterName(unit, 3));
    }

    @Test
    void networksHaveInputsLayersAndUnits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkDescription.of(0, LAYERS, "HUBER", TargetKind.ANY))
                .withMessage("inputs is 0; expected 1 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkDescription(1, List.of(), "HUBER", TargetKind.ANY))
                .withMessage("there are no layers; expected 1 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LayerDescription(0, "TANH", true))
                .withMessage("units is 0; expected 1 or more");
    }
}
