package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.Encog;
import dev.chainrule.samples.benchmarks.contenders.Evaluator;
import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import dev.chainrule.samples.benchmarks.contenders.Generated;
import dev.chainrule.samples.benchmarks.contenders.OnnxRuntime;
import dev.chainrule.samples.benchmarks.contenders.Operation;
import dev.chainrule.samples.benchmarks.contenders.PlainLoops;
import java.util.List;

/** Who is measured. */
enum Contender {
    C("C", 1e-9),
    CHAINRULE("Chainrule", 0),
    /** The same class in a JVM that has the Vector API, which it then uses. */
    VECTORS("Chainrule, vectors", 0),
    PLAIN_LOOPS("plain loops", 1e-9),
    ENCOG("Encog", 1e-9),
    /** In float. */
    ONNX_RUNTIME("ONNX Runtime", 1e-5);

    private final String text;
    private final double tolerance;

    Contender(String text, double tolerance) {
        this.text = text;
        this.tolerance = tolerance;
    }

    /** By how much its values may differ, relative to those above 1. */
    double tolerance() {
        return tolerance;
    }

    /** Encog's training and ONNX Runtime's have no call that only adds up a gradient. */
    boolean does(Operation operation) {
        return operation == Operation.FORWARD || this != ENCOG && this != ONNX_RUNTIME;
    }

    /** What the JVM that it runs in is started with. */
    List<String> options() {
        return this == VECTORS ? List.of("--add-modules", "jdk.incubator.vector") : List.of();
    }

    /** A new one in this process. Only the classes of that one are loaded. */
    Evaluator on(FixedNetwork network, double[] parameters) {
        return switch (this) {
            case C -> throw new IllegalArgumentException("C is a program of its own");
            case CHAINRULE, VECTORS -> new Generated(network.generated(parameters));
            case PLAIN_LOOPS -> new PlainLoops(network.shape(), parameters);
            case ENCOG -> new Encog(network.shape(), parameters);
            case ONNX_RUNTIME -> new OnnxRuntime(network.generated(parameters));
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
