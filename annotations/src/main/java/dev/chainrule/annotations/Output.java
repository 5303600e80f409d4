package dev.chainrule.annotations;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A layer of a {@link Network} whose values are outputs, with the loss that is taken of them. */
@Retention(RetentionPolicy.CLASS)
@Target({})
public @interface Output {
    /** {@return the name of the layer; other layers may read it, too} */
    String layer();

    /** {@return the loss, as a function of these outputs and their targets} Without any, there is nothing to train. */
    Loss loss() default Loss.SUM_OF_SQUARES;

    /** {@return the loss as a formula, as in {@link Network#lossFormula}, in place of a {@link #loss}; empty for none} */
    String lossFormula() default "";

    /** {@return what the loss is multiplied by in the error of a record, a finite number} */
    double weight() default 1;
}
