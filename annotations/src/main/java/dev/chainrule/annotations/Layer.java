package dev.chainrule.annotations;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One layer of a {@link Network}: {@code a = activation(b + a' W)}, where {@code a'} are the values of the layer before it
 * (or the input).
 */
@Retention(RetentionPolicy.CLASS)
@Target({})
public @interface Layer {
    /** {@return the number of units, at least 1} */
    int units();

    /** {@return the function that makes a unit's value {@code a} from its weighted sum {@code z}} */
    Activation activation() default Activation.IDENTITY;

    /** {@return whether each unit adds a bias of its own to its sum} Without, the sum starts at 0. */
    boolean bias() default true;
}
