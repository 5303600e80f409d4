package dev.chainrule.runtime.training;

/**
 * Training came to a loss or a parameter that is not finite. The network is as it was before that step.
 *
 * @serial exclude
 */
public final class DivergenceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int epoch;
    private final long step;
    private final String parameter;

    DivergenceException(int epoch, long step, String parameter, String what, String advice) {
        super("Training diverged at epoch " + epoch + ", step " + step + ", parameter " + parameter + ": " + what + ". "
                + advice);
        this.epoch = epoch;
        this.step = step;
        this.parameter = parameter;
    }

    /** {@return the epoch, counted from 0} */
    public int epoch() {
        return epoch;
    }

    /** {@return the step, counted from 1 over all epochs} */
    public long step() {
        return step;
    }

    /**
     * {@return the first parameter that the step would have made not finite} Where a loss is not finite: the first parameter
     * that is not, else the first whose derivative is not, else the one of the greatest magnitude. In the notation of the
     * network's code.
     */
    public String parameter() {
        return parameter;
    }
}
