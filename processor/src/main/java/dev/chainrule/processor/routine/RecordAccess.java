package dev.chainrule.processor.routine;

/** How a method is given its record. */
public enum RecordAccess {
    /** {@code double[] input, double[] target}: arrays that hold the record alone. */
    ALONE("input", "", "target", ""),
    /** {@code double[] inputs, int x, double[] targets, int t}: arrays and where in them the record begins. */
    AMONG_OTHERS("inputs", "x", "targets", "t");

    private final String inputs;
    private final String inputBase;
    private final String targets;
    private final String targetBase;

    RecordAccess(String inputs, String inputBase, String targets, String targetBase) {
        this.inputs = inputs;
        this.inputBase = inputBase;
        this.targets = targets;
        this.targetBase = targetBase;
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
}
