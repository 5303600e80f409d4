package dev.chainrule.runtime.training;

/**
 * A way to the least loss whose steps see all records at once, and may go over them several times: {@link LevenbergMarquardt} and
 * {@link Lbfgs}. It chooses the length of its steps itself, so that there is no learning rate.
 *
 * <pre>{@code
 * Trainer trainer = Trainer.builder().fullBatch(LevenbergMarquardt.forNetworks()).epochs(100).build();
 * }</pre>
 *
 * <p>Each epoch is one step, which never raises the loss. Where it cannot be lowered any more, the training ends as
 * {@link Training.End#CONVERGED}; the last row of its {@link History} is that of the last step.
 *
 * <p>What is made least is the loss as the trainer has it, a mean or a sum over the records, each times its weight, and the
 * penalty {@code l2 p^2 / 2} of each parameter p.
 *
 * <p>Sums over records are those of the trainer's {@link BatchSource}, and all else is done in a fixed order: the
 * threads and machines change no bit. Once a training runs, its steps allocate nothing.
 */
public sealed interface FullBatchMethod permits LevenbergMarquardt, Lbfgs {}
