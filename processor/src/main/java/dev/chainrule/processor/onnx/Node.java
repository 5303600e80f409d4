package dev.chainrule.processor.onnx;

import dev.chainrule.processor.resources.Quoted;
import java.util.List;

/**
 * An operator at work.
 *
 * @param name its own name, which may be empty
 * @param domain whose operator it is; empty for ONNX's own
 * @param inputs the names of the values that it takes; empty for one that is left out
 * @param outputs the names of the values that it yields; empty for one that is left out
 */
record Node(
        String name,
        String domain,
        String operator,
        List<String> inputs,
        List<String> outputs,
        List<Attribute> attributes) {
    Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = List.copyOf(attributes);
    }

    /** Its operator with the domain, where that is not ONNX's own: {@code ai.onnx.ml.Scaler}. */
    String kind() {
        return Operators.isOnnx(domain) ? operator : domain + "." + operator;
    }

    /** What to call it in a message: {@code node "/0/Gemm" (Gemm)}, or by the value that it yields where it has no name. */
    @Override
    public String toString() {
        String called = name.isEmpty()
                ? "node of " + Quoted.of(outputs.isEmpty() ? "" : outputs.get(0))
                : "node " + Quoted.of(name);
        return called + " (" + Quoted.plain(operator) + ")";
    }
}
