package dev.chainrule.runtime.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chainrule.runtime.SmallGraph;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Drawings of graphs have every number once, each layer is right of what it reads, and skips are curves. */
class GraphDrawingTest {
    private static final double[] INPUT = {11, -2.5, 2};
    private static final double[] TARGET = {0.25, 0.5, 0.25, 99};

    private final SmallGraph network = SmallGraph.ready(1);
    private final String svg = NetworkDrawing.svg("graph", network, INPUT, TARGET);

    private Map<String, Double> numbers() {
        Map<String, Double> numbers = new TreeMap<>();
        for (MatchResult title : Pattern.compile("<title>(?:\\w+: )?([^<]+) = ([^<]+)</title>")
                .matcher(svg)
                .results()
                .toList()) {
            numbers.put(title.group(1), Double.valueOf(title.group(2)));
        }
        return numbers;
    }

    @Test
    void hasTheNumbersOfUnitsAndWeights() {
        Map<String, Double> numbers = numbers();
        double[] activations = new double[24];
        network.activations(INPUT, activations);
        double[] gradient = new double[36];
        network.backprop(INPUT, TARGET, gradient);
        for (int i = 0; i < 36; i++) {
            String name = SmallGraph.DESCRIPTION.layout().name(i);
            if (name.startsWith("w")) {
                assertThat(numbers).containsEntry(name, network.parameters()[i]);
                assertThat(numbers).containsEntry("dE/d" + name, gradient[i]);
            } else {
                assertThat(numbers).containsEntry("dE/d" + name.replace('b', 'z'), gradient[i]);
            }
        }
        int[] units = {2, 2, 2, 2, 2, 2, 4, 3, 1, 1};
        int from = 0;
        for (int layer = 1; layer <= units.length; layer++) {
            for (int unit = 0; unit < units[layer - 1]; unit++) {
                assertThat(numbers).containsEntry("a" + layer + "_" + unit, activations[from + unit]);
            }
            from += units[layer - 1];
        }
        double[] byInput = new double[3];
        network.inputGradient(INPUT, TARGET, byInput);
        assertThat(numbers)
                .containsEntry("x_0", 11.0)
                .containsEntry("x_2(1)", 0.0)
                .containsEntry("x_2(2)", 1.0)
                .containsEntry("x_2(3)", 0.0)
                .containsEntry("dE/dx_1", byInput[1])
                .containsEntry("dE/dx_2(2)", 0.0);
    }

    /** No derivative by a parameter is dE/dz of layers without weights, or of g and k, which share theirs. */
    @Test
    void unitsWhoseDerivativesAreNotKnownAreEmpty() {
        assertThat(numbers()).doesNotContainKeys("dE/dz1_0", "dE/dz3_0", "dE/dz4_1", "dE/dz5_0", "dE/dz10_0");
        assertThat(svg).contains("<title>k: dE/dz4_1 follows from no derivative by a parameter</title>");
    }

    @Test
    void linesLeadFromWhatIsReadToTheReader() {
        // Of r = h + k, each unit once; h is two columns before, so that its lines are curves
        assertThat(Pattern.compile("<path [^>]+><title>a2_0 goes into a5_0</title>")
                        .matcher(svg)
                        .results())
                .hasSize(2);
        assertThat(Pattern.compile("<line [^>]+><title>a4_1 goes into a5_1</title>")
                        .matcher(svg)
                        .results())
                .hasSize(2);
        assertThat(svg).doesNotContain("a4_0 goes into a5_1");
        assertThat(Pattern.compile("<title>a5_1 goes into a7_3</title>")
                        .matcher(svg)
                        .results())
                .hasSize(2);
    }

    @Test
    void constantsHaveToBeSet() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkDrawing.svg("graph", new SmallGraph(1), INPUT, TARGET))
                .withMessageContaining("shift1_0");
    }
}
