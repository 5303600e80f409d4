package dev.chainrule.runtime.training;

/**
 * How the learning rate changes from step to step: a function of the step's number, so that training can go on from any step.
 * {@link Schedules} has the known ones. Implementations are safe for use by several threads and allocate nothing. For
 * {@linkplain Training#checkpoint checkpoints} they tell their settings by {@link Object#toString}, which a lambda cannot.
 */
@FunctionalInterface
public interface Schedule {
    /**
     * {@return the learning rate of one step}
     *
     * @param learningRate the learning rate of the {@link Optimizer}
     * @param step the number of the step, counted from 1
     * @throws IllegalArgumentException if {@code step} is less than 1
     */
    double rate(double learningRate, long step);

    /**
     * This schedule after a warm-up, in which the learning rate {@code r} grows linearly: {@code r step / steps}. The step after
     * the warm-up is the first of this schedule.
     *
     * @param steps how long the warm-up is; the last of its steps has the whole learning rate
     * @return the schedule with its warm-up
     * @throws IllegalArgumentException if {@code steps} is less than 1
     */
    default Schedule withWarmUp(long steps) {
        return new Schedules.WarmUp(steps, this);
    }
}
