package dev.chainrule.samples.benchmarks.contenders;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** ONNX Runtime from Java, in float, by the fastest of its ways: one thread, tensors that are made once and used again. */
public final class OnnxRuntime implements Evaluator {
    private final OrtSession session;
    private final FloatBuffer x;
    private final FloatBuffer y;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    public OnnxRuntime(Shape shape, double[] parameters) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(OnnxModel.of(shape, parameters), options);
            x = floats(shape.inputs());
            y = floats(shape.outputs());
            inputs = Map.of("x", OnnxTensor.createTensor(environment, x, new long[] {1, shape.inputs()}));
            outputs = Map.of("y", OnnxTensor.createTensor(environment, y, new long[] {1, shape.outputs()}));
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

    /** A direct buffer, which the tensor uses without a copy. */
    private static FloatBuffer floats(int length) {
        return ByteBuffer.allocateDirect(length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
