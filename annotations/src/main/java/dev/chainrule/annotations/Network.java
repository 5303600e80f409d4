package dev.chainrule.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a network. Compiling the annotated type {@code Xor} generates {@code XorNetwork} in the same
 * package, with the same visibility: the forward pass, the full gradient equations and backpropagation of exactly this
 * network, written out.
 *
 * <pre>{@code
 * @Network(
 *         inputs = 2,
 *         layers = {
 *             @Layer(units = 2, activation = Activation.TANH),
 *             @Layer(units = 1, activation = Activation.SIGMOID)
 *         },
 *         loss = Loss.BINARY_CROSS_ENTROPY)
 * final class Xor {}
 * }</pre>
 *
 * <p>With {@link #weights}, {@code XorFrozen} is generated: the forward pass alone, with the numbers of a trained network in its
 * code. Where there is neither a {@link #loss} nor a {@link #lossFormula}, it is all that is generated. With {@link #model}, the
 * inputs and layers are a model's too.
 *
 * <p>Any top-level or static nested class, interface, record or enum that is not private can carry it. A nested
 * {@code Outer.Inner} gives {@code Outer_InnerNetwork} and {@code Outer_InnerFrozen}.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Network {
    /**
     * {@return the number of inputs, at least 1; left out where there are {@link #parts}, or where a {@link #model} has its
     * own, and only there}
     */
    int inputs() default 0;

    /**
     * {@return the input by parts, in the order in which a record holds them, in place of {@link #inputs}; empty for an
     * input of one part without a name}
     */
    Input[] parts() default {};

    /**
     * {@return the layers, each after those that it reads, at least one; left out where a {@link #model} has its own, and
     * only there}
     */
    Layer[] layers() default {};

    /**
     * {@return the layers whose values are the outputs, one after the other in this order, each with a loss of its own; empty
     * for the last layer with the network's {@link #loss}} The error {@code E} of a record is the sum of theirs, each times
     * its weight.
     */
    Output[] outputs() default {};

    /**
     * {@return the error {@code E} of one record, as a function of the outputs and the targets} It has no default but with
     * {@link #weights} or {@link #model}, where leaving it out means that there is nothing to train.
     */
    Loss loss() default Loss.SUM_OF_SQUARES;

    /**
     * {@return the error {@code E} of one record as a formula, in place of a {@link #loss}; empty for none}
     *
     * <p>It is an expression as in {@link Layer#formula}, but of numbers and of sums over the outputs, {@code sum(...)} and
     * {@code mean(...)}, in which {@code y} is the output and {@code t} its target:
     * {@code "mean(y > t ? 0.1 * (y - t) : 0.9 * (t - y))"}. Sums are not within each other; there are no parameters.
     */
    String lossFormula() default "";

    /**
     * {@return the simple name of the generated class; empty for the declaring type's name followed by {@code Network}, or,
     * without a loss, by {@code Frozen}} Where both are generated, the frozen class has this name followed by
     * {@code Frozen}.
     */
    String className() default "";

    /**
     * {@return the file with the parameters for the frozen class, in the safetensors format, relative to a folder of
     * resources: {@code "models/xor.safetensors"}; empty for no frozen class} It is one that {@code WeightFile} of the
     * runtime saved, or the {@code state_dict} of a {@code torch.nn.Sequential}. The compiler option
     * {@code -Achainrule.resources=<folder>} names folders to look in first.
     */
    String weights() default "";

    /**
     * {@return the file of a model that gives inputs, layers and numbers of a frozen class, found as that of
     * {@link #weights}; empty for none} It is an ONNX model of floats or doubles, a graph of dense layers with what
     * activations are written with, sums, products, scales and parts of layers; or layers as JSON
     * ({@code .json}, as RTNeural's exporter writes them of a Keras model); or a network in the format NNet
     * ({@code .nnet}). A model that is anything else does not compile.
     */
    String model() default "";

    /**
     * {@return the names of the outputs to take of the {@link #model}, in this order; empty for all} What leads only to
     * others is left out, inputs included.
     */
    String[] output() default {};

    /**
     * {@return whether the frozen class is to need nothing at run time but the JDK, so that its one class file can be copied
     * alone: the functions that it calls are copied into it}
     */
    boolean standalone() default false;

    /** {@return the type of the frozen class's numbers} In {@code float} each parameter is rounded to the nearest. */
    Precision precision() default Precision.DOUBLE;

    /**
     * {@return the names of the outputs, for {@code classify} and {@code label} of the frozen class; empty for none} There is
     * one for each output of the one output layer, or two for a single output with {@link Activation#SIGMOID}: that of 0
     * and that of 1.
     */
    String[] labels() default {};

    /** {@return the derivatives to generate besides the gradient, each an interface of the generated class} */
    Derivative[] also() default {};

    /** {@return how the sums are written} */
    Unroll unroll() default Unroll.AUTO;
}
