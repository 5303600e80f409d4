package dev.chainrule.processor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.LayerKind;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.formula.Formulas;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.LossFunction;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Source;
import dev.chainrule.processor.network.TrainedNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which layers become loops: what was measured to be faster, on both sides of each border. */
class ScheduleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"6-6-6", "6-8-5", "4-12-1", "3-15-1", "9-5-8", "12-3-5", "1-18-1", "8-1", "8-4-4", "2-14-2"})
    void autoWritesOutSmallLayers(String sizes) {
        Schedule schedule = Schedule.of(network(sizes, Unroll.AUTO));
        assertThat(schedule.loops()).isEmpty();
        assertThat(schedule.loopsInBlocks()).isEmpty();
    }

    /** More weights, longer sums, units that fill vectors, wider rows. */
    @ParameterizedTest
    @ValueSource(strings = {"7-7", "12-4", "11-4", "2-16", "1-19", "19-1"})
    void autoMakesLoopsOfLargerOnes(String sizes) {
        Schedule schedule = Schedule.of(network(sizes, Unroll.AUTO));
        assertThat(schedule.loops()).containsExactly(1);
        assertThat(schedule.loopsInBlocks()).containsExactly(1);
    }

    /** For a record alone; in a block each layer is as fast as it is by itself. */
    @Test
    void behindLoopsAutoWritesOutLess() {
        Schedule schedule = Schedule.of(network("16-7-4-2-5", Unroll.AUTO));
        assertThat(schedule.loops()).containsExactlyInAnyOrder(1, 2);
        assertThat(schedule.loopsInBlocks()).containsExactly(1);
        assertThat(Schedule.of(network("4-7-16-2", Unroll.AUTO)).loops()).containsExactlyInAnyOrder(2, 3);
    }

    /** For a record alone, too: what HotSpot inlines. What is behind them is short. */
    @ParameterizedTest
    @ValueSource(strings = {"9-1", "12-1-2", "13-1-8", "18-2-1"})
    void longSumsOverInputsAreLoops(String sizes) {
        Schedule schedule = Schedule.of(network(sizes, Unroll.AUTO));
        assertThat(schedule.loops()).containsExactly(1);
        assertThat(schedule.loopsInBlocks()).isEmpty();
    }

    /** With weights that are literals they are as short as others. */
    @Test
    void ofFrozenNetworksLongSumsAreWrittenOut() {
        assertThat(frozen("14-1").loops()).isEmpty();
        assertThat(frozen("18-2-6").loops()).isEmpty();
        assertThat(frozen("16-7-4-2-5").loops()).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void behindLongSumsAutoWritesOutLess() {
        assertThat(Schedule.of(network("13-2-6", Unroll.AUTO)).loops()).containsExactlyInAnyOrder(1, 2);
    }

    /** Where the rows of their derivatives would not fill vectors. */
    @ParameterizedTest
    @ValueSource(strings = {"13-1", "15-3-2", "12-4-4", "18-4-4"})
    void backpropagationIsWrittenOutThoughSumsOverInputsAreLoops(String sizes) {
        Schedule schedule = Schedule.of(network(sizes, Unroll.AUTO));
        assertThat(schedule.loops()).contains(1);
        assertThat(schedule.gradientHasLoops()).isFalse();
    }

    /** More units, more inputs, a layer that reads another one. */
    @ParameterizedTest
    @ValueSource(strings = {"13-5-2", "16-3-4", "19-4-4", "4-12-4", "14-4-16"})
    void elsewhereItHasLoopsToo(String sizes) {
        assertThat(Schedule.of(network(sizes, Unroll.AUTO)).gradientHasLoops()).isTrue();
    }

    /** Their derivatives are several times as long. */
    @Test
    void whereFormulasAreLongItHasLoopsToo() {
        String sum = IntStream.range(1, 60).mapToObj(i -> "sin(" + i + " * z)").collect(Collectors.joining(" + "));
        Network network =
                network("14-2-1", Unroll.AUTO, Formulas.activation(sum).value().orElseThrow());
        assertThat(Schedule.of(network).gradientHasLoops()).isTrue();
        assertThat(Schedule.of(network("14-2-1", Unroll.AUTO)).gradientHasLoops())
                .isFalse();
    }

    @Test
    void fullAndNoneDoAsTheySay() {
        assertThat(Schedule.of(network("20-4-2", Unroll.FULL)).loops()).isEmpty();
        assertThat(Schedule.of(network("20-4-2", Unroll.FULL)).loopsInBlocks()).containsExactly(1);
        assertThat(Schedule.of(network("20-4-2", Unroll.FULL)).gradientHasLoops())
                .isFalse();
        assertThat(Schedule.of(network("2-2-1", Unroll.NONE)).loops()).isEqualTo(Set.of(1, 2));
        assertThat(Schedule.of(network("2-2-1", Unroll.NONE)).gradientHasLoops())
                .isTrue();
    }

    private static Schedule frozen(String sizes) {
        Network network = network(sizes, Unroll.AUTO);
        double[] parameters = new double[network.parameters()];
        Arrays.fill(parameters, 0.5);
        return Schedule.of(new TrainedNetwork(network, parameters));
    }

    private static Network network(String sizes, Unroll unroll) {
        return network(sizes, unroll, ActivationFunction.Named.of(Activation.TANH));
    }

    private static Network network(String sizes, Unroll unroll, ActivationFunction activation) {
        List<Integer> units = Stream.of(sizes.split("-")).map(Integer::valueOf).toList();
        List<Layer> layers = new ArrayList<>();
        int offset = 0;
        for (int number = 1; number < units.size(); number++) {
            List<Source> sources = List.of(Source.layer(number - 1, units.get(number - 1)));
            int size = units.get(number);
            layers.add(new Layer("", LayerKind.DENSE, sources, size, activation, true, 0, false, offset, 0));
            offset += (units.get(number - 1) + 1) * size;
        }
        return new Network(units.get(0), layers, Optional.of(new LossFunction.Named(Loss.SUM_OF_SQUARES)), unroll);
    }
}
