package dev.chainrule.samples.documents;

import dev.chainrule.runtime.Kernels;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A number in an expression graph: where it comes from, the local derivative by each operand, and, after {@link #backward}, the
 * derivative of the graph's last number by it.
 */
final class GraphNode {
    private final String name;
    private final String operation;
    private final double value;
    private final List<GraphNode> operands;
    private final List<Double> locals;
    private double gradient;

    private GraphNode(String name, String operation, double value, List<GraphNode> operands, List<Double> locals) {
        this.name = name;
        this.operation = operation;
        this.value = value;
        this.operands = operands;
        this.locals = locals;
    }

    static GraphNode of(String name, double value) {
        return new GraphNode(name, "", value, List.of(), List.of());
    }

    /** A sum: its local derivatives are 1. */
    static GraphNode sum(String name, GraphNode one, GraphNode other) {
        return new GraphNode(name, "+", one.value + other.value, List.of(one, other), List.of(1.0, 1.0));
    }

    /** A product: its local derivative by one factor is the other. */
    static GraphNode product(String name, GraphNode one, GraphNode other) {
        return new GraphNode(
                name, "\u00d7", one.value * other.value, List.of(one, other), List.of(other.value, one.value));
    }

    /** tanh, with the local derivative {@code 1 - tanh^2}. */
    static GraphNode tanh(String name, GraphNode operand) {
        double value = Kernels.tanh(operand.value);
        return new GraphNode(name, "tanh", value, List.of(operand), List.of(1 - value * value));
    }

    /** Computes the derivative of this number by every one that it depends on: by the chain rule, from the last to the first. */
    void backward() {
        List<GraphNode> order = new ArrayList<>(inOrder());
        order.forEach(node -> node.gradient = 0);
        gradient = 1;
        for (int i = order.size() - 1; i >= 0; i--) {
            GraphNode node = order.get(i);
            for (int k = 0; k < node.operands.size(); k++) {
                node.operands.get(k).gradient += node.locals.get(k) * node.gradient;
            }
        }
    }

    /** All numbers of the graph, each after its operands; this one is the last. */
    Set<GraphNode> inOrder() {
        Set<GraphNode> order = new LinkedHashSet<>();
        for (GraphNode operand : operands) {
            order.addAll(operand.inOrder());
        }
        order.add(this);
        return order;
    }

    String name() {
        return name;
    }

    /** What makes the number of its operands; empty where it has none. */
    String operation() {
        return operation;
    }

    double value() {
        return value;
    }

    List<GraphNode> operands() {
        return operands;
    }

    /** The derivative of this number by each operand. */
    List<Double> locals() {
        return locals;
    }

    /** The derivative of the last number by this one. */
    double gradient() {
        return gradient;
    }
}
