package dev.chainrule.processor.validation;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Precision;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.declaration.Declared;
import dev.chainrule.processor.declaration.LayerDeclaration;
import dev.chainrule.processor.declaration.NetworkDeclaration;
import dev.chainrule.processor.formula.Formulas;
import dev.chainrule.processor.formula.Parsed;
import dev.chainrule.processor.network.ActivationFunction;
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

    /** Those of the layers, as far as they make sense. */
    private final List<ActivationFunction> functions = new ArrayList<>();

    private Optional<LossFunction> loss = Optional.empty();

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
        validation.loss();
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
        for (LayerDeclaration layer : declaration.layers().value()) {
            setting(layer, layer.slope(), "slope", Activation.LEAKY_RELU);
            setting(layer, layer.alpha(), "alpha", Activation.ELU);
            if (!layer.formula().isWritten()) {
                Activation activation = layer.activation().value();
                double setting = activation == Activation.ELU
                        ? layer.alpha().value()
                        : layer.slope().value();
                functions.add(ActivationFunction.Named.of(activation, setting));
                continue;
            }
            if (layer.activation().isWritten()) {
                report(
                        layer.formula(),
                        "FormulaAndActivation",
                        "A layer has an activation or a formula; remove one of the two.");
            }
            parsed(layer.formula(), Formulas.activation(layer.formula().value()))
                    .ifPresent(functions::add);
        }
    }

    private void setting(LayerDeclaration layer, Declared<Double> value, String name, Activation activation) {
        if (!value.isWritten()) {
            return;
        }
        if (layer.activation().value() != activation) {
            report(
                    value,
                    "SettingWithoutActivation",
                    name + " is a setting of " + activation + ", which is not the activation here; remove it, or add"
                            + " activation = Activation." + activation + ".");
        } else if (!Double.isFinite(value.value())) {
            report(
                    value,
                    "SettingNotFinite",
                    name + " = " + value.value() + "; give a finite number, such as "
                            + (activation == Activation.ELU ? "1." : "0.01."));
        }
    }

    private <T> Optional<T> parsed(Declared<String> formula, Parsed<T> parsed) {
        parsed.mistake().ifPresent(mistake -> report(formula, "FormulaSyntax", mistake.text()));
        return parsed.value();
    }

    /** Something has to come of it: a class to train, a frozen one, or both. */
    private void purpose() {
        if (!declaration.isTrainable() && !declaration.isFrozen()) {
            report(
                    "LossMissing",
                    "A network to train needs a loss; add loss = Loss.... or lossFormula = \"...\" (or weights = \"...\""
                            + " for a frozen network of parameters that a file holds).");
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

    private void loss() {
        if (declaration.loss().isWritten() && declaration.lossFormula().isWritten()) {
            report(
                    declaration.lossFormula(),
                    "LossAndFormula",
                    "A network has a loss or a lossFormula; remove one of the two.");
        }
        if (declaration.lossFormula().isWritten()) {
            parsed(
                            declaration.lossFormula(),
                            Formulas.loss(declaration.lossFormula().value()))
                    .ifPresent(formula -> loss = Optional.of(formula));
        } else if (declaration.loss().isWritten()) {
            loss = Optional.of(new LossFunction.Named(declaration.loss().value()));
            List<LayerDeclaration> layers = declaration.layers().value();
            if (!layers.isEmpty()) {
                output(declaration.loss().value(), layers.get(layers.size() - 1));
            }
        }
    }

    /** The cross-entropies are computed together with the activation of the outputs. */
    private void output(Loss loss, LayerDeclaration layer) {
        Activation output = layer.activation().value();
        Activation needed = switch (loss) {
            case BINARY_CROSS_ENTROPY -> Activation.SIGMOID;
            case CATEGORICAL_CROSS_ENTROPY -> Activation.SOFTMAX;
            default -> output;
        };
        if (output != needed) {
            report(
                    declaration.loss(),
                    "LossDoesNotFit",
                    loss + " needs an output layer with activation " + needed + ", and this one has "
                            + (layer.formula().isWritten() ? "a formula" : output) + "; change one of the two.");
        }
    }

    private Optional<Network> network() {
        List<Layer> layers = new ArrayList<>();
        int inputs = declaration.inputs().value();
        long offset = 0;
        for (LayerDeclaration layer : declaration.layers().value()) {
            int units = layer.units().value();
            boolean bias = layer.bias().value();
            ActivationFunction function = functions.get(layers.size());
            int ofUnit = inputs + (bias ? 1 : 0) + function.letters().size();
            long next = offset + (long) ofUnit * units;
            if (next > MOST_PARAMETERS) {
                report(
                        declaration.layers(),
                        "TooManyParameters",
                        "Layers 1 to " + (layers.size() + 1) + " have " + number(next)
                                + " parameters; an array holds at most " + number(MOST_PARAMETERS) + ".");
                return Optional.empty();
            }
            layers.add(new Layer(inputs, units, function, bias, (int) offset));
            offset = next;
            inputs = units;
        }
        Network network = new Network(
                declaration.inputs().value(), layers, loss, declaration.unroll().value());
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
