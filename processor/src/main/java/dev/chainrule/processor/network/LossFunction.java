package dev.chainrule.processor.network;

import dev.chainrule.annotations.Loss;
import dev.chainrule.processor.equations.Expression;
import java.util.List;

/** What a training makes small. */
public sealed interface LossFunction {
    /** As a word of a text: {@code HUBER}, or the formula. */
    String text();

    /** One that has a name. */
    record Named(Loss loss) implements LossFunction {
        @Override
        public String text() {
            return loss.toString();
        }
    }

    /**
     * A formula of sums over the outputs.
     *
     * @param text as it is declared, without needless spaces
     * @param value its value, by letters for the sums: {@code 0}, {@code 1}, ...
     * @param sums what they are
     */
    record Formula(String text, Expression value, List<Sum> sums) implements LossFunction {}

    /**
     * A sum over the outputs.
     *
     * @param term by the letters y and t of an output
     * @param isMean whether it is divided by the number of outputs
     */
    record Sum(Expression term, boolean isMean) {}
}
