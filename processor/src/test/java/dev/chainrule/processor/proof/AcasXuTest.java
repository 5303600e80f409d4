package dev.chainrule.processor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.chainrule.processor.formula.Formulas;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.onnx.OnnxImport;
import dev.chainrule.processor.property.BoxBuilder;
import dev.chainrule.processor.property.Property;
import dev.chainrule.processor.property.Requirement;
import dev.chainrule.processor.testing.Golden;
import dev.chainrule.processor.testing.VnnLib;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The public properties of the networks for collision avoidance in aircraft, in double. */
@EnabledIf(value = "isPresent", disabledReason = "there is no shared/data/acasxu beside the checkout")
class AcasXuTest {
    private static final Path FOLDER = Golden.acasXu();

    static boolean isPresent() {
        return Files.isDirectory(FOLDER);
    }

    private static TrainedNetwork network(String name) throws Exception {
        return OnnxImport.of(FOLDER.resolve("acasxu-" + name + ".onnx"), List.of(), 1_000_000)
                .network()
                .orElseThrow();
    }

    private static Property property(int number, TrainedNetwork trained) throws Exception {
        VnnLib texts = VnnLib.read(FOLDER.resolve("prop_" + number + ".vnnlib"));
        Map<String, Integer> inputs = new HashMap<>();
        Map<String, Integer> outputs = new HashMap<>();
        for (int i = 0; i < 5; i++) {
            inputs.put("x_" + i, i);
            outputs.put("y_" + i, i);
        }
        Requirement.All when = (Requirement.All)
                Formulas.property(texts.when(), inputs, "inputs").value().orElseThrow();
        Requirement then =
                Formulas.property(texts.then(), outputs, "outputs").value().orElseThrow();
        BoxBuilder box = new BoxBuilder(5, trained.precision());
        when.of().forEach(bound -> box.takes((Requirement.Inequality) bound));
        return new Property(
                texts.when(), texts.then(), box.box(), then, then.clauses(10).orElseThrow(), 100_000);
    }

    @ParameterizedTest
    @CsvSource({"2-1, 4", "4-1, 4"})
    void isProvedEveryDay(String network, int number) throws Exception {
        isProved(network, number);
    }

    @ParameterizedTest
    @Tag("long")
    @CsvSource({
        "1-1, 1", "2-1, 1", "3-1, 1", "4-1, 1", "5-1, 1", "1-9, 1", "1-1, 2", "1-1, 3", "2-1, 3", "3-1, 3", "4-1, 3",
        "5-1, 3", "1-1, 4", "3-1, 4", "5-1, 4"
    })
    void isProved(String network, int number) throws Exception {
        TrainedNetwork trained = network(network);
        Outcome outcome = Search.decide(trained, property(number, trained), how -> {});
        assertThat(outcome).isInstanceOf(Outcome.Proved.class);
        assertThat(((Outcome.Proved) outcome).margin()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"2-1, 2", "3-1, 2", "4-1, 2", "5-1, 2", "1-9, 3", "1-9, 4"})
    void isBrokenInOnnxRuntimeToo(String network, int number) throws Exception {
        TrainedNetwork trained = network(network);
        Property property = property(number, trained);
        Outcome outcome = Search.decide(trained, property, how -> {});
        assertThat(outcome).isInstanceOf(Outcome.Broken.class);
        double[] input = ((Outcome.Broken) outcome).input();
        for (int i = 0; i < input.length; i++) {
            assertThat(input[i])
                    .isBetween(property.box().least()[i], property.box().greatest()[i]);
        }
        double[] outputs = run(FOLDER.resolve("acasxu-" + network + ".onnx"), input);
        // All are to be past y_0, but for what rounding to float takes
        assertThat(Claim.of(property, CircuitBuilder.of(trained)).margin(outputs))
                .as(Arrays.toString(input))
                .isLessThan(1e-5);
    }

    private static double[] run(Path model, double[] input) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(model.toString())) {
            String name = session.getInputNames().iterator().next();
            long[] shape = Arrays.stream(
                            ((TensorInfo) session.getInputInfo().get(name).getInfo()).getShape())
                    .map(size -> Math.max(1, size))
                    .toArray();
            FloatBuffer floats = FloatBuffer.allocate(input.length);
            for (double value : input) {
                floats.put((float) value);
            }
            floats.rewind();
            try (OnnxTensor tensor = OnnxTensor.createTensor(environment, floats, shape);
                    OrtSession.Result result = session.run(Map.of(name, tensor))) {
                FloatBuffer outputs = ((OnnxTensor) result.get(0)).getFloatBuffer();
                double[] all = new double[outputs.remaining()];
                for (int i = 0; i < all.length; i++) {
                    all[i] = outputs.get(i);
                }
                return all;
            }
        }
    }
}
