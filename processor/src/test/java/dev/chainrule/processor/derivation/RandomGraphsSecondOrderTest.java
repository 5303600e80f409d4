package dev.chainrule.processor.derivation;

import static dev.chainrule.processor.testing.Vectors.assertSameBits;
import static dev.chainrule.processor.testing.Vectors.assertWithin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Derivative;
import dev.chainrule.processor.NetworkProcessor;
import dev.chainrule.processor.code.Operation;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.GraphCase;
import dev.chainrule.processor.testing.GraphModel;
import dev.chainrule.processor.testing.GraphNetwork;
import dev.chainrule.processor.testing.GraphTruth;
import dev.chainrule.processor.testing.GraphTruth.Second;
import dev.chainrule.runtime.HessianNetwork;
import dev.chainrule.runtime.HessianVectorNetwork;
import dev.chainrule.runtime.InputHessianNetwork;
import dev.chainrule.runtime.JacobianNetwork;
import dev.chainrule.runtime.ParameterJacobianNetwork;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jacobians and second derivatives of random graphs against an oracle that goes by the declaration, forward mode over forward
 * mode: the equations as they are, and the code that is made of them.
 */
class RandomGraphsSecondOrderTest {
    private static final int GRAPHS = 200;

    /** The most parameters of a graph that is looked at every day. */
    private static final int SMALL = 60;

    private static final double TOLERANCE = 1e-12;

    private static final String ALSO = Stream.of(Derivative.values())
            .map(derivative -> "Derivative." + derivative)
            .collect(Collectors.joining(", ", ", also = {", "}"));

    @TempDir
    private Path folder;

    /** What the oracle says of a graph, and along which direction. */
    private record Truth(GraphCase of, double[] direction, Second byParameters, Second byInputs) {
        static Optional<Truth> of(GraphCase one) {
            int parameters = one.parameters().length;
            int inputs = one.input(0).length;
            double[] direction =
                    new Random(parameters).doubles(parameters + inputs, -1, 1).toArray();
            double[] ofParameters = direction.clone();
            Arrays.fill(ofParameters, parameters, parameters + inputs, 0);
            double[] ofInputs = direction.clone();
            Arrays.fill(ofInputs, 0, parameters, 0);
            return second(one, ofParameters)
                    .flatMap(byParameters ->
                            second(one, ofInputs).map(byInputs -> new Truth(one, direction, byParameters, byInputs)));
        }

        private static Optional<Second> second(GraphCase one, double[] direction) {
            return GraphTruth.second(
                    one.declared(), one.parameters(), one.constants(), one.input(0), one.target(0), direction);
        }

        int parameters() {
            return of.parameters().length;
        }

        double[] ofParameters() {
            return Arrays.copyOf(direction, parameters());
        }

        double[] ofInputs() {
            return Arrays.copyOfRange(direction, parameters(), direction.length);
        }

        /** Asserts what was computed of it. */
        void agrees(Numbers numbers) {
            int n = parameters();
            int all = direction.length;
            within("jacobian", numbers.jacobian(), byInputs.jacobian(), byInputs.jacobianSizes(), n, all);
            within("parameterJacobian", numbers.byParameters(), byInputs.jacobian(), byInputs.jacobianSizes(), 0, n);
            double[][] changes = {byParameters.changes()};
            within("hessianVector", numbers.product(), changes, new double[][] {byParameters.changeSizes()}, 0, n);
            double[][] changesByInputs = {byInputs.changes()};
            double[][] sizes = {byInputs.changeSizes()};
            within("inputHessian v", numbers.inputProduct(), changesByInputs, sizes, n, all);
        }

        private static void within(
                String what, double[] actual, double[][] expected, double[][] sizes, int from, int to) {
            assertWithin(what, actual, columns(expected, from, to), TOLERANCE, scale(columns(sizes, from, to)));
        }

        private static double[] columns(double[][] rows, int from, int to) {
            return Stream.of(rows)
                    .flatMapToDouble(row -> Arrays.stream(row, from, to))
                    .toArray();
        }

        private static double[] scale(double[] sizes) {
            return Arrays.stream(sizes).map(size -> Math.max(1, size)).toArray();
        }
    }

    /** What is compared. */
    private record Numbers(double[] jacobian, double[] byParameters, double[] product, double[] inputProduct) {}

    /** The larger ones take most of the time. */
    @Test
    void equationsOfSmallGraphsAgreeWithTheOracle() {
        assertThat(told(small(GRAPHS), truth -> truth.agrees(ofEquations(truth))))
                .isGreaterThan(GRAPHS / 3);
    }

    @Test
    @Tag("slow")
    void compiledAgreeWithTheOracle() throws IOException {
        assertThat(compiled(small(20))).isGreaterThan(10);
    }

    @Test
    @Tag("long")
    void allAgreeWithTheOracle() throws IOException {
        List<GraphCase> all = cases(GRAPHS).toList();
        int told = told(all, truth -> truth.agrees(ofEquations(truth)));
        assertThat(told).isGreaterThan(GRAPHS * 3 / 4);
        assertThat(compiled(all)).isEqualTo(told);
    }

    private static Stream<GraphCase> cases(int count) {
        return LongStream.rangeClosed(1, count).mapToObj(GraphCase::of);
    }

    private static List<GraphCase> small(int count) {
        return cases(count).filter(one -> one.parameters().length <= SMALL).toList();
    }

    private int compiled(List<GraphCase> cases) throws IOException {
        List<GraphNetwork> declared = cases.stream()
                .flatMap(one -> Stream.of("AUTO", "NONE").map(unroll -> declared(one, unroll)))
                .toList();
        Compiled compiled = Compiled.ofGraphs(new NetworkProcessor(), declared);
        Compiled frozen = frozen(compiled, cases);
        return told(cases, truth -> {
            List<double[]> first = new ArrayList<>();
            for (String unroll : List.of("AUTO", "NONE")) {
                TrainableNetwork network = compiled.instance(
                        declared(truth.of(), unroll),
                        truth.of().parameters(),
                        truth.of().constants());
                Numbers numbers = ofCode(network, truth);
                truth.agrees(numbers);
                List<double[]> arrays =
                        List.of(numbers.jacobian(), numbers.byParameters(), numbers.product(), numbers.inputProduct());
                first.addAll(first.isEmpty() ? arrays : List.of());
                double[] ofFrozen = filled(numbers.jacobian().length);
                frozen.frozen(declared(truth.of(), unroll).declarationName() + "Frozen")
                        .call("jacobian", truth.of().input(0), ofFrozen);
                assertSameBits("frozen", ofFrozen, numbers.jacobian());
                for (int i = 0; i < arrays.size(); i++) {
                    assertSameBits(unroll + ", array " + i, arrays.get(i), first.get(i));
                }
            }
        });
    }

    private Compiled frozen(Compiled live, List<GraphCase> cases) throws IOException {
        List<GraphNetwork> declared = new ArrayList<>();
        for (GraphCase one : cases) {
            String file = one.declared().name() + ".safetensors";
            WeightFile.save(
                    live.instance(declared(one, "AUTO"), one.parameters(), one.constants()), folder.resolve(file));
            for (String unroll : List.of("AUTO", "NONE")) {
                String values = ", weights = \"" + file + "\", also = Derivative.JACOBIAN, unroll = Unroll." + unroll;
                declared.add(one.declared().withoutLosses().with("Second" + unroll, values));
            }
        }
        return Compiled.ofGraphs(new NetworkProcessor(), declared, "-Achainrule.resources=" + folder);
    }

    private static GraphNetwork declared(GraphCase one, String unroll) {
        return one.declared().with("Second" + unroll, ", unroll = Unroll." + unroll + ALSO);
    }

    private interface Check {
        void of(Truth truth);
    }

    /** How many of them the oracle could tell. */
    private static int told(List<GraphCase> cases, Check check) {
        int told = 0;
        for (GraphCase one : cases) {
            Optional<Truth> truth = Truth.of(one);
            try {
                truth.ifPresent(check::of);
            } catch (AssertionError e) {
                throw new AssertionError(one.declared() + "\n" + e.getMessage(), e);
            }
            told += truth.isPresent() ? 1 : 0;
        }
        return told;
    }

    private static Numbers ofCode(TrainableNetwork network, Truth truth) {
        double[] input = truth.of().input(0);
        double[] target = truth.of().target(0);
        int parameters = truth.parameters();
        double[] jacobian = filled(network.outputs() * input.length);
        ((JacobianNetwork) network).jacobian(input, jacobian);
        double[] byParameters = filled(network.outputs() * parameters);
        ((ParameterJacobianNetwork) network).parameterJacobian(input, byParameters);
        double[] product = new double[parameters];
        ((HessianVectorNetwork) network).hessianVector(input, target, truth.ofParameters(), product);
        double[] hessian = new double[parameters * parameters];
        ((HessianNetwork) network).hessian(input, target, hessian);
        assertWithin(
                "hessian v",
                times(hessian, truth.ofParameters()),
                product,
                TOLERANCE,
                Truth.scale(Arrays.copyOf(truth.byParameters().changeSizes(), parameters)));
        double[] byInputs = new double[input.length * input.length];
        ((InputHessianNetwork) network).inputHessian(input, target, byInputs);
        return new Numbers(jacobian, byParameters, product, times(byInputs, truth.ofInputs()));
    }

    private static double[] filled(int length) {
        double[] array = new double[length];
        Arrays.fill(array, 7);
        return array;
    }

    private static double[] times(double[] matrix, double[] vector) {
        int n = vector.length;
        double[] product = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                product[i] += matrix[i * n + j] * vector[j];
            }
        }
        return product;
    }

    /** What the sections say that operations are made of, neither lowered nor printed. */
    private static Numbers ofEquations(Truth truth) {
        Network network = GraphModel.of(truth.of().declared());
        Derivation derivation = Derivation.of(network);
        List<Symbol> parameters = parameters(network);
        List<Symbol> inputs = units(Quantity.INPUT, 0, truth.of().input(0).length);
        double[] jacobian = byOutputs(network, Operation.OUTPUT_BY_INPUTS.sections(derivation), truth, inputs);
        double[] byParameters =
                byOutputs(network, Operation.OUTPUT_BY_PARAMETERS.sections(derivation), truth, parameters);
        return new Numbers(
                jacobian,
                byParameters,
                changes(
                        Operation.HESSIAN_VECTOR.sections(derivation),
                        network,
                        truth,
                        parameters,
                        truth.ofParameters()),
                changes(Operation.INPUT_HESSIAN_VECTOR.sections(derivation), network, truth, inputs, truth.ofInputs()));
    }

    private static double[] byOutputs(Network network, List<Section> sections, Truth truth, List<Symbol> by) {
        Interpreter values = values(network, truth);
        DoubleStream.Builder all = DoubleStream.builder();
        for (int output = 0; output < network.outputs(); output++) {
            values.set(Symbol.of(Quantity.CHOSEN, 0), output);
            values.run(sections);
            by.forEach(symbol -> all.add(values.get(symbol.adjoint().entry())));
        }
        return all.build().toArray();
    }

    private static double[] changes(
            List<Section> sections, Network network, Truth truth, List<Symbol> by, double[] direction) {
        Interpreter values = values(network, truth);
        set(values, by.stream().map(Symbol::tangent).toList(), direction);
        values.run(sections);
        return by.stream()
                .mapToDouble(symbol -> values.get(symbol.adjoint().tangent()))
                .toArray();
    }

    private static Interpreter values(Network network, Truth truth) {
        Interpreter values = new Interpreter();
        set(values, parameters(network), truth.of().parameters());
        set(values, constants(network), truth.of().constants());
        set(
                values,
                units(Quantity.INPUT, 0, truth.of().input(0).length),
                truth.of().input(0));
        set(values, units(Quantity.TARGET, 0, network.outputs()), truth.of().target(0));
        return values;
    }

    private static void set(Interpreter values, List<Symbol> symbols, double[] numbers) {
        assertThat(symbols).hasSameSizeAs(numbers);
        for (int i = 0; i < numbers.length; i++) {
            values.set(symbols.get(i), numbers[i]);
        }
    }

    /** In the order of their array. */
    private static List<Symbol> parameters(Network network) {
        List<Symbol> parameters = new ArrayList<>();
        for (int number = 1; number <= network.depth(); number++) {
            Layer layer = network.layer(number);
            for (int k = 0; k < layer.inputs() && layer.ownsWeights(); k++) {
                for (int j = 0; j < layer.units(); j++) {
                    parameters.add(Symbol.at(Quantity.WEIGHT, number, k, j));
                }
            }
            parameters.addAll(units(Quantity.BIAS, number, layer.biases()));
        }
        return parameters;
    }

    private static List<Symbol> constants(Network network) {
        List<Symbol> constants = new ArrayList<>();
        for (int number = 1; number <= network.depth(); number++) {
            int units = network.layer(number).constantsCount() / 2;
            constants.addAll(units(Quantity.SHIFT, number, units));
            constants.addAll(units(Quantity.SCALE, number, units));
        }
        return constants;
    }

    private static List<Symbol> units(Quantity quantity, int layer, int count) {
        List<Symbol> units = new ArrayList<>();
        for (int unit = 0; unit < count; unit++) {
            units.add(Symbol.at(quantity, layer, unit));
        }
        return units;
    }
}
