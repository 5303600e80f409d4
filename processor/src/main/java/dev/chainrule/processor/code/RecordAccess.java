package dev.chainrule.processor.code;

/** How a method is given its record, or its records. */
public enum RecordAccess {
    /** {@code double[] input, double[] target, double[] output}: arrays that hold the record alone. */
    ALONE(new Part("input", ""), new Part("target", ""), new Part("output", "")),
    /** {@code double[] inputs, int x, double[] targets, int t}: arrays and where in them the record begins. */
    AMONG_OTHERS(new Part("inputs", "x"), new Part("targets", "t"), new Part("output", "")),
    /** {@code double[] inputs, int x, ..., int records}: where the first of some records begins, and how many they are. */
    IN_BLOCK(new Part("inputs", "x"), new Part("targets", "t"), new Part("outputs", "y")),
    /** Arrays that hold the record alone; what is computed of it is stored as that of the first of a block. */
    FIRST_OF_BLOCK(new Part("input", ""), new Part("target", ""), new Part("output", ""));

    /** An array by its name, and the variable that says where in it the record begins, or empty for 0. */
    public record Part(String array, String base) {}

    private final Part inputs;
    private final Part targets;
    private final Part outputs;

    RecordAccess(Part inputs, Part targets, Part outputs) {
        this.inputs = inputs;
        this.targets = targets;
        this.outputs = outputs;
    }

    /** What holds the inputs. */
    public Part inputs() {
        return inputs;
    }

    /** What holds the targets. */
    public Part targets() {
        return targets;
    }

    /** What is for the outputs. */
    public Part outputs() {
        return outputs;
    }
}
