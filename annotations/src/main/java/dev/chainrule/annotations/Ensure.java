package dev.chainrule.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A property of the frozen class that a {@link Network} declares: the compiler proves it, or refuses the declaration.
 *
 * <pre>
 *   &#64;Network(model = "brake.onnx")
 *   &#64;Ensure(when = "0 &lt;= x_0 &amp;&amp; x_0 &lt;= 50 &amp;&amp; -1 &lt;= x_1 &amp;&amp; x_1 &lt;= 1", then = "y_0 &gt; 0.5 || y_1 &lt; y_0")
 *   final class Brake {}
 * </pre>
 *
 * <p>It is about the numbers that the frozen class's {@code forward} computes, to the last bit, in the precision of the
 * declaration: for each input of this precision for which {@code when} holds, {@code then} holds of the outputs. Literals are
 * exact decimals, and both are decided over the real numbers. An output that is NaN breaks any property.
 *
 * <p>A property that an input breaks is an error, which shows the input. So is one that is neither proved nor broken by as
 * many {@linkplain #boxes boxes} as are allowed; {@code -Achainrule.prove=warn} makes this a warning, and
 * {@code -Achainrule.prove=false} leaves the proofs out, with a warning.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(Ensures.class)
public @interface Ensure {
    /**
     * {@return the inputs that the property is about: a lower and an upper bound of each, joined by {@code &&}} An input is
     * {@code x_0}, {@code x_1}, ... by its place in a record, or {@code state_3} by the name of its part and its place there;
     * {@code rank} alone, where the part is one number. A category is bounded by whole numbers; {@code ==} is both bounds.
     */
    String when();

    /**
     * {@return what holds of the outputs: linear inequalities, joined by {@code &&} and {@code ||}} An output is {@code y_0},
     * {@code y_1}, ..., or {@code policy_2} by the name of its layer and its unit there. Numbers multiply and divide outputs;
     * outputs are not multiplied with each other.
     */
    String then();

    /**
     * {@return the boxes that the proof may cut the inputs into, at least 1} They are counted, and not the seconds, so that
     * every machine gives the same answer.
     */
    int boxes() default 1_000_000;
}
