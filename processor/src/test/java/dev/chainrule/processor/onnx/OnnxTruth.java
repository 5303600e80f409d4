package dev.chainrule.processor.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What ONNX Runtime makes of a model. */
final class OnnxTruth {
    private OnnxTruth() {}

    /** The outputs for records of a model of floats. */
    static double[][] ofFloats(byte[] model, double[][] records) {
        return run(model, records.length, (environment, shape) -> {
            FloatBuffer numbers = FloatBuffer.allocate(records.length * records[0].length);
            for (double[] record : records) {
                for (double number : record) {
                    numbers.put((float) number);
                }
            }
            return OnnxTensor.createTensor(environment, numbers.flip(), shape);
        });
    }

    /** The outputs for records of a model of doubles. */
    static double[][] ofDoubles(byte[] model, double[][] records) {
        return run(model, records.length, (environment, shape) -> {
            DoubleBuffer numbers = DoubleBuffer.allocate(records.length * records[0].length);
            for (double[] record : records) {
                numbers.put(record);
            }
            return OnnxTensor.createTensor(environment, numbers.flip(), shape);
        });
    }

    /** An output for one record of a model of floats, whose numbers are those of all inputs in their order. */
    static double[] ofRecord(byte[] model, String output, double[] record) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            try (OrtSession session = environment.createSession(model, options)) {
                int from = 0;
                for (String name : session.getInputNames()) {
                    long[] shape =
                            ((TensorInfo) session.getInputInfo().get(name).getInfo()).getShape();
                    int length = 1;
                    for (int axis = 0; axis < shape.length; axis++) {
                        shape[axis] = Math.max(shape[axis], 1);
                        length *= (int) shape[axis];
                    }
                    FloatBuffer numbers = FloatBuffer.allocate(length);
                    for (int i = 0; i < length; i++) {
                        numbers.put((float) record[from + i]);
                    }
                    inputs.put(name, OnnxTensor.createTensor(environment, numbers.flip(), shape));
                    from += length;
                }
                try (OrtSession.Result result = session.run(inputs, Set.of(output))) {
                    FloatBuffer numbers = ((OnnxTensor) result.get(0)).getFloatBuffer();
                    return IntStream.range(0, numbers.remaining())
                            .mapToDouble(numbers::get)
                            .toArray();
                }
            }
        } catch (OrtException e) {
            throw new AssertionError("ONNX Runtime does not take the model", e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private static double[][] run(byte[] model, int records, Input input) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            // Each operator as it is defined, and no approximation of several
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            try (OrtSession session = environment.createSession(model, options)) {
                String name = session.getInputNames().iterator().next();
                long[] shape = ((TensorInfo) session.getInputInfo().get(name).getInfo()).getShape();
                shape[0] = records;
                try (OnnxTensor tensor = input.of(environment, shape);
                        OrtSession.Result result = session.run(Map.of(name, tensor))) {
                    return rows(result.get(0).getValue());
                }
            }
        } catch (OrtException e) {
            throw new AssertionError("ONNX Runtime does not take the model", e);
        }
    }

    private static double[][] rows(Object outputs) {
        if (outputs instanceof double[][] rows) {
            return rows;
        }
        return Stream.of((float[][]) outputs)
                .map(row ->
                        IntStream.range(0, row.length).mapToDouble(i -> row[i]).toArray())
                .toArray(double[][]::new);
    }

    private interface Input {
        OnnxTensor of(OrtEnvironment environment, long[] shape) throws OrtException;
    }
}
