package dev.chainrule.processor.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.processor.NetworkProcessor;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FormulaNetwork;
import dev.chainrule.processor.testing.FormulaNetwork.Layer;
import dev.chainrule.processor.testing.FormulaTruth;
import dev.chainrule.runtime.TrainableNetwork;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages of networks with formulas: their numbers against the compiled classes. */
@Tag("slow")
@RequiresChromium
class FormulaPageTest {
    private static final double ROUNDING = 1e-12;

    private static final FormulaNetwork LETTERS = FormulaNetwork.of(
            "Letters",
            2,
            List.of(
                    Layer.of(3, "z < 1 ? z * sigmoid(beta * z) : a_b + erf(z) * z; beta = 1, a_b = -0.5"),
                    Layer.named(3, "SOFTMAX"),
                    new Layer(2, "formula = \"max(-2, z) + p * min(0, z)^5\"", false)),
            "sqrt(1 + mean((y - t)^2)) + 0.1 * sum(y > t ? y : abs(y))");

    private static Compiled compiled;
    private static Browser browser;

    static List<FormulaNetwork> networks() {
        return List.of(
                LETTERS,
                FormulaNetwork.of(
                        "Functions",
                        1,
                        List.of(
                                Layer.of(2, "exp(-abs(z)) + expm1(z) / 3 + log1p(z^2) - sqrt(1 + z^2)"),
                                Layer.of(2, "sin(z) * cos(z) + atan(z) - tanh(z) + softplus(z) + log(2 + sin(z))"),
                                Layer.of(1, "clamp(z, -1, 1) + 0.1 * z^-2 + sign(z) + pi")),
                        "sum((y - t)^4) / 4"));
    }

    @BeforeAll
    static void start() {
        compiled = Compiled.ofFormulas(new NetworkProcessor(), networks(), "-Achainrule.page=true");
        browser = Browser.shared();
    }

    @AfterEach
    void saysNothing() {
        assertThat(browser.console()).isEmpty();
    }

    private static void open(FormulaNetwork network) throws IOException {
        browser.open(network.name(), compiled.page(network.declarationName() + "Network"));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyGradientIsThatOfTheClass(FormulaNetwork declared) throws IOException {
        open(declared);
        Random random = new Random(81);
        for (int point = 0; point < 5; point++) {
            double[] parameters = FormulaTruth.numbers(random, FormulaTruth.parameters(declared));
            double[] input = FormulaTruth.numbers(random, declared.inputs());
            double[] target = FormulaTruth.numbers(random, declared.outputs());
            browser.paste("p", parameters);
            browser.paste("input", input);
            browser.paste("target", target);

            TrainableNetwork network = compiled.instance(declared, parameters);
            double[] gradient = new double[parameters.length];
            double error = network.backprop(input, target, gradient);
            double[] byInput = new double[input.length];
            network.inputGradient(input, target, byInput);
            double exact = ROUNDING
                    * Math.max(
                            Math.abs(error),
                            1 + Arrays.stream(gradient).map(Math::abs).sum());
            assertThat(browser.number("#error span")).isCloseTo(error, within(exact));
            assertThat(browser.all("gradient")).containsExactly(gradient, within(exact));
            assertThat(browser.all("inputGradient")).containsExactly(byInput, within(exact));
            assertThat(browser.number("#by-full")).isCloseTo(browser.number("#by-backpropagation"), within(exact));
            assertThat(browser.number("#paths-total")).isCloseTo(browser.number("#by-full"), within(exact));
        }
    }

    @Test
    void lettersBeginWithTheirFirstValues() throws IOException {
        open(LETTERS);
        browser.run("document.getElementById('layout').open = true");
        double[] parameters = browser.all("p");
        assertThat(Arrays.copyOfRange(parameters, 9, 15)).containsExactly(-0.5, -0.5, -0.5, 1, 1, 1);
        assertThat(Arrays.copyOfRange(parameters, 33, 35)).containsExactly(0, 0);
        assertThat(browser.run("return [9, 12, 33, 6].map((index) => nameOf(parameterAt(index)))"))
                .isEqualTo(List.of("p1_a_b_0", "p1_beta_0", "p3_p_0", "b1_0"));
    }

    /** Letters are parameters like all others: one can choose them, and there are three ways to their derivatives. */
    @Test
    void lettersCanBeChosen() throws IOException {
        open(LETTERS);
        browser.run("p.set(p.map((value, index) => value + 0.1 * Math.sin(index))); update();");
        int nonZero = 0;
        for (int index : new int[] {9, 10, 11, 12, 13, 14, 33, 34}) {
            browser.run("choose(parameterAt(arguments[0]))", index);
            double[] ways = browser.numbers("#by-full", "#by-backpropagation", "#by-perturbation", "#paths-total");
            nonZero += ways[1] != 0 ? 1 : 0;
            assertThat(ways[0]).as("%d", index).isCloseTo(ways[1], within(1e-12));
            assertThat(ways[2]).as("%d", index).isCloseTo(ways[1], within(1e-7));
            assertThat(ways[3]).as("%d", index).isCloseTo(ways[1], within(1e-12));
            assertThat(browser.elements("#source .own")).as("%d", index).isNotEmpty();
        }
        // A choice has a slope by the letters of what it takes alone
        assertThat(nonZero).isBetween(3, 5);
        browser.run(
                "byId('layer').value = 1; byId('kind').dispatchEvent(new Event('change'));"
                        + "byId('kind').value = 'beta'; byId('to').value = 2; byId('kind').dispatchEvent(new Event('change'));");
        assertThat(browser.element("#chosen-name").getText()).isEqualTo("p1_beta_2");
    }

    @Test
    void erfHasTwelveDigits() throws IOException {
        open(LETTERS);
        assertThat((Double) browser.run("return erf(1.5)")).isCloseTo(0.96610514647531073, within(1e-15));
        assertThat((Double) browser.run("return erf(-0.3)")).isCloseTo(-0.32862675945912742, within(1e-15));
        assertThat((Double) browser.run("return erf(5.5)")).isCloseTo(0.99999999999999264, within(1e-15));
        assertThat(((Number) browser.run("return erf(-7)")).doubleValue()).isEqualTo(-1);
    }

    @Test
    void aFormulaThatLetsNoDerivativeThroughHasNoPage() {
        FormulaNetwork signs = FormulaNetwork.of("Signs", 1, List.of(Layer.of(1, "sign(z)")), "sum((y - t)^2)");
        Compiled without = Compiled.ofFormulas(new NetworkProcessor(), List.of(signs), "-Achainrule.page=true");
        assertThat(without.source("nets.SignsNetwork")).contains("signum");
        assertThat(without.hasPage("nets.SignsNetwork")).isFalse();
    }
}
