package dev.chainrule.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Several properties of one class; the compiler writes it where {@link Ensure} is repeated. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Ensures {
    /** {@return the properties} */
    Ensure[] value();
}
