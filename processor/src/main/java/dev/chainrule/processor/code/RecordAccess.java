package dev.chainrule.processor.code;

/** How a method is given its record, or its records. */
public enum RecordAccess {
    /** {@code double[] input, double[] target, double[] output}: arrays that hold the record alone. */
    ALONE("input", "", "target", "", "output", ""),
    /** {@code double[] inputs, int x, double[] targets, int t}: arrays and where in them the record begins. */
    AMONG_OTHERS("inputs", "x", "targets", "t", "output", ""),
    /** {@code double[] inputs, int x, ..., int records}: where the first of some records begins, and how many they are. */
    IN_BLOCK("inputs", "x", "targets", "t", "outputs", "y");

    private final String inputs;
    private final String inputBase;
    private final String targets;
    private final String targetBase;
    private final String outputs;
    private final String outputBase;

    RecordAccess(
            String inputs, String inputBase, String targets, String targetBase, String outputs, String outputBase) {
        this.inputs = inputs;
        this.inputBase = inputBase;
        this.targets = targets;
        this.targetBase = targetBase;
        this.outputs = outputs;
        this.outputBase = outputBase;
    }

    /** The name of the array that holds the inputs. */
    public String inputs() {
        return inputs;
    }

    /** The variable that says where the record's inputs begin, or empty for 0. */
    public String inputBase() {
        return inputBase;
    }

    /** The name of the array that holds the targets. */
    public String targets() {
        return targets;
    }

    /** The variable that says where the record's targets begin, or empty for 0. */
    public String targetBase() {
        return targetBase;
    }

    /** The name of the array for the outputs. */
    public String outputs() {
        return outputs;
    }

    /** The variable that says where the record's outputs begin, or empty for 0. */
    public String outputBase() {
        return outputBase;
    }
}
