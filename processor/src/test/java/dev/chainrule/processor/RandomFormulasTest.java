package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Vectors.assertSameBits;
import static dev.chainrule.processor.testing.Vectors.assertWithin;

import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FormulaNetwork;
import dev.chainrule.processor.testing.FormulaTruth;
import dev.chainrule.runtime.FullGradientNetwork;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Networks of random formulas, three each, against an oracle that reads their texts: written out, some as loops, too. */
class RandomFormulasTest {
    /** Of the sum of the absolute values of all terms. */
    private static final double ROUNDING = 1e-12;

    private static final int FORMULAS_OF_A_NETWORK = 3;

    /** Records to choose one from. */
    private static final int RECORDS = 5;

    private static final int LOOPS_EVERY = 4;

    /** A network with a record whose numbers are finite, and not near a tie. */
    private record Case(long seed, FormulaNetwork declared, double[] parameters, double[] input, double[] target) {
        static Stream<Case> of(long seed) {
            FormulaNetwork declared = FormulaTruth.random(seed);
            Random random = new Random(seed);
            double[] parameters = FormulaTruth.numbers(random, FormulaTruth.parameters(declared));
            for (int record = 0; record < RECORDS; record++) {
                double[] input = FormulaTruth.numbers(random, declared.inputs());
                double[] target = FormulaTruth.numbers(random, declared.outputs());
                if (FormulaTruth.of(declared, parameters, input, target).isPresent()) {
                    return Stream.of(new Case(seed, declared, parameters, input, target));
                }
            }
            return Stream.empty();
        }

        boolean isAlsoInLoops() {
            return seed % LOOPS_EVERY == 0;
        }

        Stream<FormulaNetwork> variants() {
            return isAlsoInLoops() ? Stream.of(declared, loops(declared)) : Stream.of(declared);
        }
    }

    @Test
    void agreeWithTheOracle() {
        agree(1, 200 / FORMULAS_OF_A_NETWORK + 1);
    }

    @Test
    @Tag("long")
    void aThousandAgreeWithTheOracle() {
        agree(1000, 1000 / FORMULAS_OF_A_NETWORK + 1);
    }

    private static void agree(long firstSeed, int count) {
        List<Case> cases = LongStream.iterate(firstSeed, seed -> seed + 1)
                .boxed()
                .flatMap(Case::of)
                .limit(count)
                .toList();
        Compiled compiled = Compiled.ofFormulas(
                new NetworkProcessor(), cases.stream().flatMap(Case::variants).toList());
        for (Case one : cases) {
            try {
                agree(one, compiled);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + one.seed() + ": " + one.declared() + "\n" + e.getMessage(), e);
            }
        }
    }

    private static FormulaNetwork loops(FormulaNetwork network) {
        return network.with("Loops", ", unroll = Unroll.NONE");
    }

    private static void agree(Case one, Compiled compiled) {
        TrainableNetwork network = compiled.instance(one.declared(), one.parameters());
        FormulaTruth.Record truth = FormulaTruth.of(one.declared(), one.parameters(), one.input(), one.target())
                .orElseThrow();
        agree(network, truth, one.input(), one.target());
        if (one.isAlsoInLoops()) {
            TrainableNetwork loops = compiled.instance(loops(one.declared()), one.parameters());
            agree(loops, truth, one.input(), one.target());
            assertSameBits(
                    "gradient by loops",
                    gradient(loops, one.input(), one.target()),
                    gradient(network, one.input(), one.target()));
        }
    }

    private static void agree(TrainableNetwork network, FormulaTruth.Record truth, double[] input, double[] target) {
        double[] output = new double[network.outputs()];
        network.forward(input, output);
        assertWithin("output", output, truth.outputs(), ROUNDING, truth.sizes());
        assertWithin("loss", network.loss(input, target), truth.loss(), ROUNDING * truth.lossSize());
        int count = network.parameters().length;
        double[] expected = Arrays.copyOf(truth.gradient(), count);
        double[] sizes = truth.gradientSizes();
        assertWithin("backprop", gradient(network, input, target), expected, ROUNDING, sizes);
        if (network instanceof FullGradientNetwork full) {
            double[] gradient = new double[count];
            full.fullGradient(input, target, gradient);
            assertWithin("fullGradient", gradient, expected, ROUNDING, sizes);
        }
        double[] inputGradient = new double[network.inputs()];
        network.inputGradient(input, target, inputGradient);
        double[] expectedByInput = Arrays.copyOfRange(truth.gradient(), count, truth.gradient().length);
        assertWithin(
                "inputGradient",
                inputGradient,
                expectedByInput,
                ROUNDING,
                Arrays.copyOfRange(sizes, count, sizes.length));
    }

    private static double[] gradient(TrainableNetwork network, double[] input, double[] target) {
        double[] gradient = new double[network.parameters().length];
        network.backprop(input, target, gradient);
        return gradient;
    }
}
