package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Vectors.assertSameBits;
import static dev.chainrule.processor.testing.Vectors.assertWithin;
import static dev.chainrule.processor.testing.Vectors.largest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Derivative;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.ClassFiles;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.Golden;
import dev.chainrule.processor.testing.Golden.GoldenSecondOrder;
import dev.chainrule.processor.testing.RequiresGolden;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.HessianNetwork;
import dev.chainrule.runtime.HessianVectorNetwork;
import dev.chainrule.runtime.InputHessianNetwork;
import dev.chainrule.runtime.JacobianNetwork;
import dev.chainrule.runtime.ParameterJacobianNetwork;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Jacobians and second derivatives against true values, within 1e-10 of the largest magnitude; loops have the same bits. */
@RequiresGolden
class GoldenSecondOrderTest {
    private static final String ALSO = Stream.of(Derivative.values())
            .map(derivative -> Derivative.class.getName() + "." + derivative)
            .collect(Collectors.joining(", ", ", also = {", "}"));

    private static final List<Unroll> UNROLLS = List.of(Unroll.AUTO, Unroll.FULL, Unroll.NONE);

    private static final double STEP = 1e-5;

    private static List<GoldenSecondOrder> networks;
    private static Compiled compiled;

    @BeforeAll
    static void compile() {
        networks = Golden.secondOrder();
        List<Topology> topologies = networks.stream()
                .flatMap(network -> UNROLLS.stream().map(network::topology))
                .toList();
        compiled = Compiled.of(new NetworkProcessor(), topologies, topology -> topology.declarationWith(ALSO));
    }

    static List<GoldenSecondOrder> networks() {
        return networks;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void agreesWithTrueValues(GoldenSecondOrder golden) {
        assertThat(golden.cases()).isNotEmpty();
        for (Golden.SecondOrderCase record : golden.cases()) {
            List<double[]> first = new ArrayList<>();
            for (Unroll unroll : UNROLLS) {
                Topology topology = golden.topology(unroll);
                List<double[]> numbers = numbers(compiled.instance(topology, golden.parameters()), record);
                if (first.isEmpty()) {
                    first.addAll(numbers);
                }
                for (int i = 0; i < numbers.size(); i++) {
                    assertSameBits(unroll + ", array " + i, numbers.get(i), first.get(i));
                }
                assertThat(ClassFiles.codeBytes(compiled.bytes(topology.networkName() + "Derivatives")))
                        .allSatisfy(
                                (method, bytes) -> assertThat(bytes).as(method).isLessThanOrEqualTo(7000));
            }
        }
    }

    private static List<double[]> numbers(TrainableNetwork network, Golden.SecondOrderCase record) {
        int parameters = network.parameters().length;
        int inputs = network.inputs();
        double[] jacobian = filled(network.outputs() * inputs, 7);
        ((JacobianNetwork) network).jacobian(record.input(), jacobian);
        assertClose("jacobian", jacobian, record.jacobian());
        double[] parameterJacobian = filled(network.outputs() * parameters, 7);
        ((ParameterJacobianNetwork) network).parameterJacobian(record.input(), parameterJacobian);
        assertClose("parameterJacobian", parameterJacobian, record.parameterJacobian());

        double[] product = new double[parameters];
        double[] errors = new double[3];
        errors[0] = ((HessianVectorNetwork) network)
                .hessianVector(record.input(), record.target(), record.vector(), product);
        assertClose("hessianVector", product, record.hessianVector());
        double[] hessian = new double[parameters * parameters];
        errors[1] = ((HessianNetwork) network).hessian(record.input(), record.target(), hessian);
        assertClose("hessian", hessian, record.hessian());
        symmetric(hessian, parameters);
        double[] times = new double[parameters];
        double[] sizes = new double[parameters];
        for (int i = 0; i < parameters; i++) {
            for (int j = 0; j < parameters; j++) {
                times[i] += hessian[i * parameters + j] * record.vector()[j];
                sizes[i] += Math.abs(hessian[i * parameters + j] * record.vector()[j]);
            }
        }
        double size = Math.max(1, largest(sizes));
        assertWithin("Hv = H v", product, times, 1e-12 * size);

        double[] byInputs = new double[inputs * inputs];
        errors[2] = ((InputHessianNetwork) network).inputHessian(record.input(), record.target(), byInputs);
        symmetric(byInputs, inputs);
        perturbed(network, record, byInputs);
        for (double error : errors) {
            assertSameBits("E", error, network.loss(record.input(), record.target()));
        }
        return List.of(jacobian, parameterJacobian, product, hessian, byInputs);
    }

    private static void symmetric(double[] hessian, int size) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                assertSameBits("symmetry", hessian[i * size + j], hessian[j * size + i]);
            }
        }
    }

    /** A difference quotient of the gradient by the inputs. */
    private static void perturbed(TrainableNetwork network, Golden.SecondOrderCase record, double[] byInputs) {
        int inputs = network.inputs();
        for (int k = 0; k < inputs; k++) {
            double[] input = record.input().clone();
            double[] after = new double[inputs];
            double[] before = new double[inputs];
            input[k] = record.input()[k] + STEP;
            network.inputGradient(input, record.target(), after);
            input[k] = record.input()[k] - STEP;
            network.inputGradient(input, record.target(), before);
            for (int m = 0; m < inputs; m++) {
                double slope = (after[m] - before[m]) / (2 * STEP);
                assertWithin(
                        "d2E/dx_" + k + " dx_" + m,
                        byInputs[k * inputs + m],
                        slope,
                        1e-6 * Math.max(1, largest(byInputs)));
            }
        }
    }

    private static double[] filled(int length, double value) {
        double[] array = new double[length];
        Arrays.fill(array, value);
        return array;
    }

    private static void assertClose(String what, double[] actual, double[]... expected) {
        double[] flat = Stream.of(expected).flatMapToDouble(Arrays::stream).toArray();
        assertWithin(what, actual, flat, 1e-10 * largest(flat));
    }
}
