package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chainrule.runtime.LayerDescription.Kind;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GraphDescriptionTest {
    private static final NetworkDescription GRAPH = SmallGraph.DESCRIPTION;

    private static LayerDescription layer(int units, String name, Kind kind, String... from) {
        LayerDescription layer = new LayerDescription(units, "TANH", kind == Kind.DENSE);
        return layer.named(name).ofKind(kind).reading(from);
    }

    private static NetworkDescription graph(InputDescription part, LayerDescription... layers) {
        String last = layers[layers.length - 1].name();
        return NetworkDescription.of(new InputDescription[] {part}, layers, new OutputDescription[] {
            new OutputDescription(last, "HUBER", 1, TargetKind.ANY)
        });
    }

    /** Files of weights and checkpoints have it, and the processor writes the same. */
    @Test
    void theTopologyNamesPartsLayersAndOutputs() {
        assertThat(GRAPH.topology())
                .isEqualTo("state:2; rank:1 of 3 categories from 1; raw = SCALE 2(IDENTITY) of state;"
                        + " h = 2(TANH) of raw, rank;"
                        + " g = 2(IDENTITY, no bias) of h; k = 2(IDENTITY, no bias, weights of g) of g;"
                        + " r = ADD 2(TANH) of h, k; m = MULTIPLY 2(IDENTITY) of r, h;"
                        + " layer7 = CONCATENATE 4(IDENTITY) of m, r; policy = 3(SOFTMAX) of layer7;"
                        + " y = 1(IDENTITY) of layer7; value = INVERSE SCALE 1(IDENTITY) of y;"
                        + " policy: CATEGORICAL_CROSS_ENTROPY; value: 0.5 * HALF_SUM_OF_SQUARES");
        assertThat(GRAPH).hasToString(GRAPH.topology() + ", 36 parameters, 6 constants");
    }

    @Test
    void aChainWithNamesIsAGraph() {
        assertThat(graph(new InputDescription("", 2), layer(1, "h", Kind.DENSE)).topology())
                .isEqualTo("input:2; h = 1(TANH) of input; h: HUBER");
    }

    /** What is said of a chain without need changes no file. */
    @Test
    void aChainThatSaysWhatIsSoAnyway() {
        NetworkDescription explicit = graph(
                new InputDescription("", 2),
                layer(3, "layer1", Kind.DENSE, ""),
                layer(1, "layer2", Kind.DENSE, "layer1"));
        LayerDescription[] layers = {new LayerDescription(3, "TANH", true), new LayerDescription(1, "TANH", true)};
        assertThat(explicit).isEqualTo(NetworkDescription.of(2, layers, "HUBER", TargetKind.ANY));
        assertThat(explicit.topology()).isEqualTo("2-3(TANH)-1(TANH) HUBER");
    }

    @Test
    void sizes() {
        assertThat(GRAPH.inputs()).isEqualTo(3);
        assertThat(GRAPH.outputs()).isEqualTo(4);
        assertThat(GRAPH.units("rank")).isEqualTo(3);
        assertThat(GRAPH.units("state")).isEqualTo(2);
        assertThat(GRAPH.number("policy")).isEqualTo(8);
        assertThat(GRAPH.weightsOf(4)).isEqualTo(3);
        assertThat(GRAPH.weightsOf(3)).isEqualTo(3);
        assertThat(GRAPH.targets())
                .containsExactly(new TargetSlice(TargetKind.DISTRIBUTION, 0, 3), new TargetSlice(TargetKind.ANY, 3, 4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GRAPH.number("valeu"))
                .withMessage(
                        "there is no layer \"valeu\"; expected one of raw, h, g, k, r, m, layer7, policy, y, value");
    }

    @Test
    void layersWithoutWeightsHaveNoParameters() {
        ParameterLayout layout = GRAPH.layout();
        assertThat(IntStream.rangeClosed(1, 10).map(layout::rows)).containsExactly(0, 5, 2, 0, 0, 0, 0, 4, 4, 0);
        assertThat(IntStream.rangeClosed(1, 10).map(layout::weightsFrom))
                .containsExactly(0, 0, 12, 16, 16, 16, 16, 16, 31, 36);
        assertThat(IntStream.of(0, 9, 10, 12, 15, 16, 27, 28, 31, 35).mapToObj(layout::name))
                .containsExactly(
                        "w2_0_0", "w2_4_1", "b2_0", "w3_0_0", "w3_1_1", "w8_0_0", "w8_3_2", "b8_0", "w9_0_0", "b9_0");
        assertThat(layout)
                .hasToString(
                        "2(no weights), 5x2, 2x2(no bias), 2(no weights), 2(no weights), 2(no weights), 4(no weights),"
                                + " 4x3, 4x1, 1(no weights), 36 parameters");
    }

    @Test
    void constantsAreShiftsThenScales() {
        assertThat(IntStream.range(0, GRAPH.constants()).mapToObj(GRAPH::constantName))
                .containsExactly("shift1_0", "shift1_1", "scale1_0", "scale1_1", "shift10_0", "scale10_0");
        assertThat(GRAPH.constantsFrom(1)).isZero();
        assertThat(GRAPH.constantsFrom(10)).isEqualTo(4);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> GRAPH.constantName(6));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GRAPH.constantsFrom(2))
                .withMessage("layer 2 has no constants; expected one of kind SCALE");
    }

    @Test
    void constantsThatNobodyHasSet() {
        SmallGraph network = new SmallGraph(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkDescription.checkConstants(network))
                .withMessage(
                        "the constants shift1_0, shift1_1, scale1_0, scale1_1 and 2 more are not set, they are NaN; set"
                                + " those of \"raw\", \"value\" by Standardisation or MinMax, whose"
                                + " into(network, layer) writes them,"
                                + " or load a file that has them");
        SmallGraph ready = SmallGraph.ready(1);
        NetworkDescription.checkConstants(ready);
        ready.constants()[5] = Double.NaN;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkDescription.checkConstants(ready))
                .withMessageStartingWith(
                        "the constants scale10_0 are not set, they are NaN; set those of \"value\" by");
    }

    /** The hand-written gradient of the tests' network is right, of layers with shared weights too. */
    @Test
    void gradientsOfGraphsAreChecked() {
        for (int seed = 0; seed < 10; seed++) {
            SmallGraph network = SmallGraph.ready(seed);
            GradientCheck.of(network, new double[] {11, -2.5, 1 + seed % 3}, new double[] {0.25, 0.5, 0.25, 99})
                    .assertWithin(1e-7);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GradientCheck.of(new SmallGraph(1), new double[3], new double[4]))
                .withMessageContaining("shift1_0");
    }

    static Stream<Arguments> wrongGraphs() {
        InputDescription state = new InputDescription("state", 2);
        InputDescription rank = new InputDescription("rank", 4, 1);
        return Stream.of(
                Arguments.of(
                        (Supplier<?>) () -> graph(state, layer(2, "h", Kind.DENSE, "sate")),
                        "layer \"h\" reads \"sate\"; expected what stands before it: state"),
                Arguments.of(
                        (Supplier<?>)
                                () -> graph(state, layer(2, "h", Kind.DENSE, "g"), layer(2, "g", Kind.DENSE, "state")),
                        "layer \"h\" reads \"g\"; expected what stands before it: state"),
                Arguments.of(
                        (Supplier<?>) () -> graph(state, layer(2, "state", Kind.DENSE)),
                        "there are two of the name \"state\"; expected another name for each part of the input"
                                + " and layer"),
                Arguments.of(
                        (Supplier<?>) () -> graph(new InputDescription("", 2), layer(2, "input", Kind.DENSE)),
                        "there are two of the name \"input\"; expected another name for each part of the input"
                                + " and layer"),
                Arguments.of(
                        (Supplier<?>)
                                () -> graph(state, layer(3, "h", Kind.DENSE), layer(3, "r", Kind.ADD, "h", "state")),
                        "layer \"r\" has 3 units and reads state of 2; expected as many"),
                Arguments.of(
                        (Supplier<?>) () -> graph(rank, layer(3, "r", Kind.SCALE)),
                        "layer \"r\" has 3 units and reads 4; expected as many"),
                Arguments.of(
                        (Supplier<?>) () -> graph(state, layer(3, "c", Kind.CONCATENATE, "state", "state")),
                        "layer \"c\" has 3 units and reads 4; expected as many"),
                Arguments.of(
                        (Supplier<?>) () -> graph(
                                state,
                                new LayerDescription(2, "TANH", true).named("r").ofKind(Kind.ADD)),
                        "layer \"r\" has biases; expected none, as it is of kind ADD"),
                Arguments.of(
                        (Supplier<?>)
                                () -> graph(state, layer(2, "h", Kind.DENSE).inverted()),
                        "layer \"h\" is inverse; expected that of kind SCALE alone"),
                Arguments.of(
                        (Supplier<?>) () -> graph(
                                state,
                                layer(3, "h", Kind.DENSE),
                                layer(3, "g", Kind.DENSE).withWeightsOf("h")),
                        "layer \"g\" has the weights of \"h\"; expected a dense layer before it of as many units"
                                + " that reads as"
                                + " many, with biases"),
                Arguments.of(
                        (Supplier<?>) () -> NetworkDescription.of(
                                new InputDescription[] {state},
                                new LayerDescription[] {layer(2, "h", Kind.DENSE)},
                                new OutputDescription[] {new OutputDescription("g", "HUBER", 1, TargetKind.ANY)}),
                        "the output \"g\" is no layer; expected one of h"),
                Arguments.of(
                        (Supplier<?>) () -> NetworkDescription.of(
                                new InputDescription[] {state},
                                new LayerDescription[] {layer(2, "h", Kind.DENSE)},
                                new OutputDescription[] {
                                    new OutputDescription("h", "HUBER", 1, TargetKind.ANY),
                                    new OutputDescription("h", "HUBER", 2, TargetKind.ANY)
                                }),
                        "the layer \"h\" is an output twice; expected once"),
                Arguments.of(
                        (Supplier<?>) () ->
                                new NetworkDescription(List.of(state), List.of(layer(2, "h", Kind.DENSE)), List.of()),
                        "there are no outputs; expected 1 or more"),
                Arguments.of(
                        (Supplier<?>) () -> new NetworkDescription(
                                List.of(),
                                List.of(layer(2, "h", Kind.DENSE)),
                                List.of(new OutputDescription("h", "HUBER", 1, TargetKind.ANY))),
                        "there are no inputs; expected 1 part or more"),
                Arguments.of(
                        (Supplier<?>) () -> new OutputDescription("h", "HUBER", Double.NaN, TargetKind.ANY),
                        "the weight of the loss of h is NaN; expected a finite number"),
                Arguments.of(
                        (Supplier<?>) () -> new InputDescription("state", 0),
                        "the size of input state is 0; expected 1 or more"),
                Arguments.of(
                        (Supplier<?>) () -> new InputDescription("rank", 2, 4, 1),
                        "the size of input rank is 2; expected 1, as it has categories"),
                Arguments.of(
                        (Supplier<?>) () -> new InputDescription("rank", 1, 0),
                        "the number of categories of input rank is 1; expected 2 or more, or 0 for a quantity"));
    }

    @ParameterizedTest
    @MethodSource("wrongGraphs")
    void graphsThatMakeNoSense(Supplier<?> graph, String message) {
        assertThatIllegalArgumentException().isThrownBy(graph::get).withMessage(message);
    }
}
