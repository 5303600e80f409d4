package dev.chainrule.processor.page;

import static dev.chainrule.processor.testing.Vectors.assertWithin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.NetworkProcessor;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.HessianNetwork;
import dev.chainrule.runtime.JacobianNetwork;
import dev.chainrule.runtime.TrainableNetwork;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Second derivatives, the Jacobian and the race of a page are those of the generated class. */
@RequiresChromium
class SecondOrderPageTest {
    private static final Topology BENT =
            Topologies.of("Bent", "2-2-2-2", Activation.SIGMOID, Activation.SIGMOID, Loss.SUM_OF_SQUARES, Unroll.AUTO);

    private static final Topology CROSSED = Topologies.of(
            "Crossed", "2-3-2", Activation.SILU, Activation.SOFTMAX, Loss.CATEGORICAL_CROSS_ENTROPY, Unroll.AUTO);

    private static final Topology LARGE =
            Topologies.of("Large", "6-9-6", Activation.TANH, Activation.TANH, Loss.HUBER, Unroll.AUTO);

    private static Compiled compiled;
    private static Browser browser;

    @BeforeAll
    static void start() {
        String also = Stream.of("HESSIAN", "JACOBIAN")
                .map(derivative -> "dev.chainrule.annotations.Derivative." + derivative)
                .collect(Collectors.joining(", ", ", also = {", "}"));
        compiled = Compiled.withPages(
                new NetworkProcessor(),
                List.of(BENT, CROSSED, LARGE),
                topology -> topology.declarationWith(topology.equals(LARGE) ? "" : also));
        browser = Browser.shared();
    }

    @Test
    void numbersAreThoseOfTheClass() throws IOException {
        for (Topology topology : List.of(BENT, CROSSED)) {
            browser.open(topology.name(), compiled.page(topology.networkName()));
            TrainableNetwork network = compiled.instance(topology, numbers("[...p]"));
            double[] input = numbers("[...input]");
            int parameters = network.parameters().length;
            double[] hessian = new double[parameters * parameters];
            ((HessianNetwork) network).hessian(input, numbers("[...target]"), hessian);
            double[] diagonal = new double[parameters];
            for (int i = 0; i < parameters; i++) {
                diagonal[i] = hessian[i * parameters + i];
            }
            assertWithin("diagonal", numbers("Array.from(p, (_, i) => secondDerivative(i))"), diagonal, 1e-13);
            double[] jacobian = new double[4];
            ((JacobianNetwork) network).jacobian(input, jacobian);
            assertWithin("jacobian", numbers("[...second.byInputs().slice(0, 4)]"), jacobian, 1e-14);
            browser.run("choose(parameterAt(3));");
            assertThat(browser.number("#second-value")).isCloseTo(diagonal[3], within(1e-13));
            assertThat(browser.number("#second-off")).isCloseTo(0, within(1e-7));
            assertWithin(
                    "shown",
                    numbers("[...document.querySelectorAll('[data-entry]')].map((e) => Number(e.dataset.value))"),
                    jacobian,
                    1e-14);
        }
    }

    @Test
    void bothMethodsDescendAndLeaveTheParameters() throws IOException {
        browser.open(BENT.name(), compiled.page(BENT.networkName()));
        double[] before = numbers("[...p]");
        browser.run("byId('run-race').click();");
        assertThat(numbers("[...p]")).isEqualTo(before);
        double[] last = numbers("[...document.querySelectorAll('#race [data-value]')].map((e) => +e.dataset.value)");
        double first = numbers("[E]")[0];
        assertThat(last).hasSize(2);
        assertThat(last[0]).isLessThan(first);
        assertThat(last[1]).isLessThan(1e-3 * last[0]);
    }

    @Test
    void lossesThatAreNoSquaresAreNotRaced() throws IOException {
        browser.open(CROSSED.name(), compiled.page(CROSSED.networkName()));
        assertThat(browser.element("#run-race").isEnabled()).isFalse();
        assertThat(browser.element("#race").getText()).contains("takes a sum of squares");
    }

    @Test
    void onlyPagesOfSmallNetworksHaveThem() {
        assertThat(compiled.page(BENT.networkName())).contains("id=\"second\"").hasSizeLessThan(300_000);
        assertThat(compiled.page(LARGE.networkName())).doesNotContain("id=\"second\"");
    }

    private static double[] numbers(String expression) {
        return ((List<?>) browser.run("return (" + expression + ").map(String);"))
                .stream()
                        .mapToDouble(number -> Double.parseDouble(number.toString()))
                        .toArray();
    }
}
