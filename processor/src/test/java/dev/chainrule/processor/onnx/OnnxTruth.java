package dev.chainrule.processor.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Map;
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
