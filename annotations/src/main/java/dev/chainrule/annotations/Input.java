package dev.chainrule.annotations;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A named part of the input of a {@link Network}: the numbers of a record that follow those of the parts before it.
 *
 * <p>A part of categories is one number of the record, and becomes several units of 0 and 1:
 * {@code @Input(name = "rank", categories = 4, first = 1)} takes 1, 2, 3 or 4, and the unit of that category is 1. Another
 * number is an {@code IllegalArgumentException}. The derivative by such a number is 0.
 */
@Retention(RetentionPolicy.CLASS)
@Target({})
public @interface Input {
    /** {@return the name, by which layers read it: an identifier that begins with a lower-case letter} */
    String name();

    /** {@return how many numbers of a record it is, at least 1; 1 where it has categories} */
    int size() default 1;

    /** {@return how many categories the number tells apart, at least 2, or 0 where it is a quantity} */
    int categories() default 0;

    /** {@return the number of the first category; those of the others follow} */
    int first() default 0;
}
