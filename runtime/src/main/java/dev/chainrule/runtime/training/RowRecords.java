package dev.chainrule.runtime.training;

/** Records whose inputs and targets are rows. */
final class RowRecords implements RecordStore {
    private final Rows inputs;
    private final Rows targets;

    RowRecords(Rows inputs, Rows targets) {
        if (inputs.count() != targets.count()) {
            throw new IllegalArgumentException("there are " + inputs.count() + " records of inputs and "
                    + targets.count() + " of targets; expected as many of both");
        }
        if (inputs.count() == 0) {
            throw new IllegalArgumentException("there are no records; expected at least 1");
        }
        this.inputs = inputs;
        this.targets = targets;
        Visits.checkFinite(this);
    }

    @Override
    public int count() {
        return inputs.count();
    }

    @Override
    public int inputWidth() {
        return inputs.width();
    }

    @Override
    public int targetWidth() {
        return targets.width();
    }

    @Override
    public void copy(int from, int to, double[] intoInputs, double[] intoTargets, int row) {
        inputs.copy(from, to, intoInputs, row);
        targets.copy(from, to, intoTargets, row);
    }

    @Override
    public String toString() {
        return Text.of(this);
    }
}
