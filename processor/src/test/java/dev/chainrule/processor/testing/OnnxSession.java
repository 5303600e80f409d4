package dev.chainrule.processor.testing;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.chainrule.runtime.weights.ElementType;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** A model in ONNX Runtime, with one input and one output of records. */
public final class OnnxSession implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final ElementType elementType;

    public OnnxSession(Path model, ElementType elementType) {
        this.elementType = elementType;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            session = environment.createSession(model.toString(), options);
        } catch (OrtException e) {
            throw new AssertionError(e);
        }
    }

    /** The outputs for some records, row-major. */
    public double[] run(double[] inputs, int width) {
        long[] shape = {inputs.length / width, width};
        try (OnnxTensor tensor = tensor(inputs, shape);
                OrtSession.Result result = session.run(Map.of("input", tensor))) {
            OnnxTensor output = (OnnxTensor) result.get("output").orElseThrow();
            double[] outputs = new double[(int) (shape[0] * output.getInfo().getShape()[1])];
            FloatBuffer floats = elementType == ElementType.FLOAT ? output.getFloatBuffer() : null;
            DoubleBuffer doubles = elementType == ElementType.DOUBLE ? output.getDoubleBuffer() : null;
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = floats == null ? doubles.get(i) : floats.get(i);
            }
            return outputs;
        } catch (OrtException e) {
            throw new AssertionError(e);
        }
    }

    /** What the model says of itself. */
    public Map<String, String> metadata() {
        try {
            return session.getMetadata().getCustomMetadata();
        } catch (OrtException e) {
            throw new AssertionError(e);
        }
    }

    private OnnxTensor tensor(double[] values, long[] shape) throws OrtException {
        if (elementType == ElementType.DOUBLE) {
            return OnnxTensor.createTensor(environment, DoubleBuffer.wrap(values), shape);
        }
        FloatBuffer floats = FloatBuffer.allocate(values.length);
        for (double value : values) {
            floats.put((float) value);
        }
        return OnnxTensor.createTensor(environment, floats.flip(), shape);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new AssertionError(e);
        }
    }
}
