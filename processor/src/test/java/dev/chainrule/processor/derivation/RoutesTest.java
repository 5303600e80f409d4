package dev.chainrule.processor.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.LayerKind;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.LossFunction;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways through a network of residual blocks: each block doubles them. */
class RoutesTest {
    private static final ActivationFunction TANH = ActivationFunction.Named.of(Activation.TANH);

    /** The weights and the biases of block i of n go through it, and then through each of the others or past it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6})
    void areCountedAsTheyAre(int blocks) {
        Derivation derivation = Derivation.of(residual(blocks));
        assertThat(derivation.routes()).isEqualTo(2 * ((1 << blocks) - 1));
        assertThat(derivation.paths().stream()
                        .flatMap(Section::equations)
                        .mapToInt(equation -> Route.of(equation.right()).size())
                        .sum())
                .isEqualTo((int) derivation.routes());
        assertThat(derivation.hasPaths()).isTrue();
    }

    /** As many as two to the hundredth are never written. */
    @Test
    void tooManyAreCountedAlone() {
        Derivation derivation = Derivation.of(residual(100));
        assertThat(derivation.routes()).isGreaterThan(1e30);
        assertThat(derivation.hasPaths()).isFalse();
        assertThat(derivation.paths()).isEmpty();
        assertThat(derivation.factors()).isInfinite();
        assertThat(derivation.byParameters()).isNotEmpty();
    }

    private static Network residual(int blocks) {
        List<Layer> layers = new ArrayList<>();
        int before = 0;
        int offset = 0;
        for (int i = 0; i < blocks; i++) {
            Source skipped = Source.layer(before, 2);
            layers.add(new Layer("", LayerKind.DENSE, List.of(skipped), 2, TANH, true, 0, false, offset, 0));
            offset += 6;
            List<Source> both = List.of(Source.layer(layers.size(), 2), skipped);
            layers.add(new Layer("", LayerKind.ADD, both, 2, TANH, false, 0, false, offset, 0));
            before = layers.size();
        }
        return new Network(2, layers, Optional.of(new LossFunction.Named(Loss.SUM_OF_SQUARES)), Unroll.AUTO);
    }
}
