package dev.chainrule.samples.benchmarks.contenders;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.weights.ElementType;
import dev.chainrule.runtime.weights.OnnxFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** ONNX Runtime from Java, in float, by the fastest of its ways: one thread, tensors that are made once and used again. */
public final class OnnxRuntime implements Evaluator {
    private final OrtSession session;
    private final FloatBuffer x;
    private final FloatBuffer y;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    public OnnxRuntime(TrainableNetwork network) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(model(network), options);
            x = floats(network.inputs());
            y = floats(network.outputs());
            inputs = Map.of("input", OnnxTensor.createTensor(environment, x, new long[] {1, network.inputs()}));
            outputs = Map.of("output", OnnxTensor.createTensor(environment, y, new long[] {1, network.outputs()}));
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void forward(double[] input, double[] output) {
        for (int i = 0; i < input.length; i++) {
            x.put(i, (float) input[i]);
        }
        try {
            session.run(inputs, outputs).close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
        for (int j = 0; j < output.length; j++) {
            output[j] = y.get(j);
        }
    }

    private static byte[] model(TrainableNetwork network) {
        try {
            Path file = Files.createTempFile("network", ".onnx");
            try {
                OnnxFile.save(network, file, ElementType.FLOAT);
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A direct buffer, which the tensor uses without a copy. */
    private static FloatBuffer floats(int length) {
        return ByteBuffer.allocateDirect(length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
