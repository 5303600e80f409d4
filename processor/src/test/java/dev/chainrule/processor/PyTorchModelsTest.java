package dev.chainrule.processor;

import static dev.chainrule.processor.testing.PlainFloatNetwork.rounded;
import static dev.chainrule.processor.testing.PlainFloatNetwork.widened;
import static dev.chainrule.processor.testing.Vectors.assertSameBits;
import static dev.chainrule.processor.testing.Vectors.assertWithin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FrozenNetwork;
import dev.chainrule.processor.testing.Golden;
import dev.chainrule.processor.testing.Golden.PyTorchModel;
import dev.chainrule.processor.testing.RequiresGolden;
import dev.chainrule.processor.testing.Topology;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models from PyTorch compute what PyTorch computes. */
@RequiresGolden
class PyTorchModelsTest {
    /** What the issue asks for; the difference is that of the exponentials and of the order of sums. */
    private static final double TOLERANCE = 1e-12;

    private static final double TOLERANCE_OF_FLOAT = 1e-6;

    static List<PyTorchModel> models() {
        return Golden.pyTorchModels();
    }

    @ParameterizedTest
    @MethodSource("models")
    void theOutputsInDouble(PyTorchModel model) {
        Topology topology = model.topology();
        FrozenNetwork frozen = frozen(model, "");
        assertThat(model.inputs()).isNotEmpty();
        for (int record = 0; record < model.inputs().length; record++) {
            double[] output = new double[topology.outputs()];
            frozen.forward(model.inputs()[record], output);
            assertWithin("outputs of record " + record, output, model.outputsInDouble()[record], TOLERANCE);
            if (frozen.canPredict()) {
                assertSameBits("predict", frozen.predict(model.inputs()[record]), output[0]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void theOutputsInFloat(PyTorchModel model) {
        Topology topology = model.topology();
        FrozenNetwork frozen = frozen(model, FloatNetworksTest.FLOAT);
        assertThat(model.inputs()).isNotEmpty();
        for (int record = 0; record < model.inputs().length; record++) {
            float[] input = rounded(model.inputs()[record]);
            float[] output = new float[topology.outputs()];
            frozen.forward(input, output);
            assertWithin("outputs of record " + record, widened(output), model.outputs()[record], TOLERANCE_OF_FLOAT);
            if (frozen.canPredict()) {
                assertSameBits("predict", frozen.predict(input), output[0]);
            }
        }
    }

    private static FrozenNetwork frozen(PyTorchModel model, String values) {
        Topology topology = model.topology();
        return Compiled.of(
                        new NetworkProcessor(),
                        List.of(topology),
                        each -> each.declarationWithoutLoss(
                                ", weights = \"" + model.name() + ".safetensors\"" + values),
                        "-Achainrule.resources=" + Golden.pyTorch())
                .frozen(topology);
    }
}
