package dev.chainrule.processor.validation;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Precision;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.declaration.Declared;
import dev.chainrule.processor.declaration.LayerDeclaration;
import dev.chainrule.processor.declaration.NetworkDeclaration;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.LossFunction;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.resources.Quoted;
import dev.chainrule.processor.schedule.Limits;
import dev.chainrule.processor.schedule.Unrolling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/** Checks a declaration; finds as many problems as there are mistakes. */
public final class NetworkValidation {
    /** The longest array that every JVM can make. */
    private static final int MOST_PARAMETERS = Integer.MAX_VALUE - 8;

    /** Words that are identifiers, but not names for a type. */
    private static final Set<String> NOT_FOR_TYPES = Set.of("permits", "record", "sealed", "var", "yield");

    private final NetworkDeclaration declaration;
    private final List<Problem> problems = new ArrayList<>();

    private NetworkValidation(NetworkDeclaration declaration) {
        this.declaration = declaration;
    }

    /** What is wrong with where a declaration has its inputs, layers and parameters from; the rest makes no sense before. */
    public static List<Problem> sources(NetworkDeclaration declaration) {
        NetworkValidation validation = new NetworkValidation(declaration);
        if (declaration.isImported()) {
            validation.ofModel(declaration.inputs(), "inputs");
            validation.ofModel(declaration.layers(), "layers");
            validation.ofModel(declaration.weights(), "weights");
        } else {
            validation.ofDeclaration(declaration.inputs(), "inputs");
            validation.ofDeclaration(declaration.layers(), "layers");
        }
        return validation.problems;
    }

    private void ofModel(Declared<?> value, String name) {
        if (value.isWritten()) {
            report(
                    value,
                    "ModelHasItsOwn",
                    "The " + name + " are those of model = "
                            + Quoted.of(declaration.model().value()) + "; remove " + name + " here, or the model.");
        }
    }

    private void ofDeclaration(Declared<?> value, String name) {
        if (!value.isWritten()) {
            report(
                    "ValueMissing",
                    "A network needs " + name + "; add " + name
                            + " = ... (or model = \"...\" for the network of an ONNX" + " model).");
        }
    }

    /** The network, or what is wrong with its declaration, which has its inputs and layers. */
    public static Validated of(NetworkDeclaration declaration) {
        NetworkValidation validation = new NetworkValidation(declaration);
        validation.type();
        validation.className();
        validation.sizes();
        validation.activations();
        validation.purpose();
        if (!validation.problems.isEmpty()) {
            return new Validated(Optional.empty(), validation.problems);
        }
        Optional<Network> network = validation.network();
        return new Validated(validation.problems.isEmpty() ? network : Optional.empty(), validation.problems);
    }

    private void type() {
        TypeElement type = declaration.type();
        boolean isMember = type.getEnclosingElement() instanceof TypeElement;
        if (isMember && !type.getModifiers().contains(Modifier.STATIC)) {
            report(
                    "InnerType",
                    "@Network is for top-level and static nested types; make " + type.getSimpleName() + " static.");
        }
        if (type.getKind() == ElementKind.ANNOTATION_TYPE) {
            report(
                    "AnnotationType",
                    "@Network is for classes, interfaces, records and enums; " + type.getSimpleName()
                            + " is an annotation.");
        }
        for (TypeElement around = type; around != null; around = enclosing(around)) {
            if (around.getModifiers().contains(Modifier.PRIVATE)) {
                report(
                        "PrivateType",
                        "The generated class stands beside " + declaration.declaredName()
                                + " and takes its visibility, but " + around.getSimpleName()
                                + " is private; remove 'private'.");
                return;
            }
        }
    }

    private static TypeElement enclosing(TypeElement type) {
        return type.getEnclosingElement() instanceof TypeElement enclosing ? enclosing : null;
    }

    private void className() {
        String name = declaration.className().value();
        if (!name.isEmpty()
                && (!SourceVersion.isIdentifier(name)
                        || SourceVersion.isKeyword(name)
                        // Compilers leave them out
                        || name.codePoints().anyMatch(Character::isIdentifierIgnorable)
                        || NOT_FOR_TYPES.contains(name))) {
            report(
                    declaration.className(),
                    "ClassNameNotIdentifier",
                    "className = " + Quoted.of(name) + " cannot name a class; give a simple Java identifier such as \""
                            + declaration.type().getSimpleName() + "Network\".");
        }
    }

    private void sizes() {
        if (isOutside(declaration.inputs().value(), Network.MOST_UNITS)) {
            report(
                    declaration.inputs(),
                    "InputsOutOfRange",
                    "inputs = " + declaration.inputs().value() + "; a network has 1 to " + number(Network.MOST_UNITS)
                            + " inputs.");
        }
        int count = declaration.layers().value().size();
        if (count == 0) {
            report(
                    declaration.layers(),
                    "NoLayers",
                    "A network has at least an output layer; add @Layer(units = ...) to layers.");
        } else if (count > Network.MOST_LAYERS) {
            report(
                    declaration.layers(),
                    "TooManyLayers",
                    "There are " + number(count) + " layers; a network has at most " + Network.MOST_LAYERS + ".");
        }
        for (LayerDeclaration layer : declaration.layers().value()) {
            if (isOutside(layer.units().value(), Network.MOST_UNITS)) {
                report(
                        layer.units(),
                        "UnitsOutOfRange",
                        "units = " + layer.units().value() + "; a layer has 1 to " + number(Network.MOST_UNITS)
                                + " units.");
            }
        }
    }

    private void activations() {
        List<LayerDeclaration> layers = declaration.layers().value();
        boolean isSoftmaxLast = true;
        for (int i = 0; i + 1 < layers.size(); i++) {
            if (layers.get(i).activation().value() == Activation.SOFTMAX) {
                report(
                        layers.get(i).activation(),
                        "SoftmaxNotLast",
                        "SOFTMAX is for the output layer; this is layer " + (i + 1) + " of " + layers.size()
                                + ". Choose another activation here.");
                isSoftmaxLast = false;
            }
        }
        if (!layers.isEmpty() && declaration.loss().isWritten()) {
            loss(layers.get(layers.size() - 1).activation().value(), isSoftmaxLast);
        }
    }

    /** Something has to come of it: a class to train, a frozen one, or both. */
    private void purpose() {
        if (!declaration.isTrainable() && !declaration.isFrozen()) {
            report(
                    "LossMissing",
                    "A network to train needs a loss; add loss = Loss.... (or weights = \"...\" for a frozen network"
                            + " of parameters that a file holds).");
        }
        if (declaration.standalone().value() && !declaration.isFrozen()) {
            report(
                    declaration.standalone(),
                    "StandaloneWithoutWeights",
                    "standalone is about the frozen class, which needs weights or a model; add weights = \"...\" or"
                            + " model = \"...\", or remove it.");
        }
        if (declaration.precision().value() == Precision.FLOAT && !declaration.isFrozen()) {
            report(
                    declaration.precision(),
                    "FloatWithoutWeights",
                    "FLOAT is for the frozen class, which needs weights or a model: networks are trained in double; add"
                            + " weights = \"...\" or model = \"...\", or remove it.");
        }
    }

    private void loss(Activation output, boolean isSoftmaxLast) {
        Loss loss = declaration.loss().value();
        Activation needed = switch (loss) {
            case BINARY_CROSS_ENTROPY -> Activation.SIGMOID;
            case CATEGORICAL_CROSS_ENTROPY -> Activation.SOFTMAX;
            default -> output;
        };
        // The SOFTMAX that the output lacks may be the one out of place: one mistake
        boolean isReported = needed == Activation.SOFTMAX && !isSoftmaxLast;
        if (output != needed && !isReported) {
            report(
                    declaration.loss(),
                    "LossDoesNotFit",
                    loss + " needs an output layer with activation " + needed + ", and this one has " + output
                            + "; change one of the two.");
        }
    }

    private Optional<Network> network() {
        List<Layer> layers = new ArrayList<>();
        int inputs = declaration.inputs().value();
        long offset = 0;
        for (LayerDeclaration layer : declaration.layers().value()) {
            int units = layer.units().value();
            boolean bias = layer.bias().value();
            long next = offset + (long) inputs * units + (bias ? units : 0);
            if (next > MOST_PARAMETERS) {
                report(
                        declaration.layers(),
                        "TooManyParameters",
                        "Layers 1 to " + (layers.size() + 1) + " have " + number(next)
                                + " parameters; an array holds at most " + number(MOST_PARAMETERS) + ".");
                return Optional.empty();
            }
            layers.add(new Layer(inputs, units, layer.activation().value(), bias, (int) offset));
            offset = next;
            inputs = units;
        }
        Network network = new Network(
                declaration.inputs().value(),
                layers,
                declaration.isTrainable()
                        ? Optional.of(new LossFunction.Named(declaration.loss().value()))
                        : Optional.empty(),
                declaration.unroll().value());
        if (declaration.isFrozen() && network.parameters() > Limits.FROZEN_PARAMETERS) {
            report(
                    declaration.weights(),
                    "TooLargeToFreeze",
                    "A class holds at most " + number(Limits.FROZEN_PARAMETERS)
                            + " parameters, and this network has " + number(network.parameters())
                            + "; load the file at run time instead, by WeightFile.load.");
        }
        long scalars = Unrolling.scalars(network);
        if (network.unroll() == Unroll.FULL && scalars > Limits.FULL_SCALARS) {
            report(
                    declaration.unroll(),
                    "TooLargeToUnroll",
                    "FULL writes out at most " + number(Limits.FULL_SCALARS)
                            + " scalars (parameters + inputs + 8 a unit), and this network has " + number(scalars)
                            + "; choose AUTO, which makes loops of large layers.");
        }
        return Optional.of(network);
    }

    private static boolean isOutside(int count, int most) {
        return count < 1 || count > most;
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private void report(String code, String message) {
        problems.add(Problem.with(declaration, code, message));
    }

    private void report(Declared<?> value, String code, String message) {
        problems.add(Problem.with(declaration, value, code, message));
    }
}
