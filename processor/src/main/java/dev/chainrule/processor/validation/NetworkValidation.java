package dev.chainrule.processor.validation;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Precision;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.declaration.Declared;
import dev.chainrule.processor.declaration.LayerDeclaration;
import dev.chainrule.processor.declaration.NetworkDeclaration;
import dev.chainrule.processor.declaration.OutputDeclaration;
import dev.chainrule.processor.formula.Formulas;
import dev.chainrule.processor.formula.Parsed;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.LossFunction;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Output;
import dev.chainrule.processor.resources.Quoted;
import dev.chainrule.processor.schedule.Limits;
import dev.chainrule.processor.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/** Checks a declaration; finds as many problems as there are mistakes. */
public final class NetworkValidation {
    /** Words that are identifiers, but not names for a type. */
    private static final Set<String> NOT_FOR_TYPES = Set.of("permits", "record", "sealed", "var", "yield");

    private final NetworkDeclaration declaration;
    private final List<Problem> problems = new ArrayList<>();

    /** Those of the layers, as far as they make sense. */
    private final List<ActivationFunction> functions = new ArrayList<>();

    /** Those of the outputs, as far as they make sense. */
    private final List<Optional<LossFunction>> losses = new ArrayList<>();

    private NetworkValidation(NetworkDeclaration declaration) {
        this.declaration = declaration;
    }

    /** What is wrong with where a declaration has its inputs, layers and parameters from; the rest makes no sense before. */
    public static List<Problem> sources(NetworkDeclaration declaration) {
        NetworkValidation validation = new NetworkValidation(declaration);
        if (declaration.isImported()) {
            validation.ofModel(declaration.inputs(), "inputs");
            validation.ofModel(declaration.parts(), "parts");
            validation.ofModel(declaration.layers(), "layers");
            validation.ofModel(declaration.outputs(), "outputs");
            validation.ofModel(declaration.weights(), "weights");
        } else {
            if (!declaration.parts().isWritten()) {
                validation.ofDeclaration(declaration.inputs(), "inputs");
            } else if (declaration.inputs().isWritten()) {
                validation.report(
                        declaration.inputs(),
                        "InputsAndParts",
                        "A network has inputs or parts; remove inputs, which are as many as the parts have numbers.");
            }
            validation.ofDeclaration(declaration.layers(), "layers");
            if (declaration.output().isWritten()) {
                validation.report(
                        declaration.output(),
                        "OutputOfModel",
                        "output names outputs of a model, and there is none; name layers in outputs, or add model ="
                                + " \"...\".");
            }
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
        validation.losses();
        validation.purpose();
        Optional<Network> network = validation.network();
        return new Validated(validation.problems.isEmpty() ? network : Optional.empty(), validation.problems);
    }

    /** The network of a model with what is declared of it, or what is wrong with that. */
    public static Validated of(NetworkDeclaration declaration, Network model) {
        NetworkValidation validation = new NetworkValidation(declaration);
        validation.type();
        validation.className();
        validation.purpose();
        Network network =
                model.with(validation.outputs(model), declaration.unroll().value());
        validation.unroll(network);
        Extras.check(declaration, network, validation.problems);
        return new Validated(
                validation.problems.isEmpty() ? Optional.of(network) : Optional.empty(), validation.problems);
    }

    /** The outputs of a model, the only one with the loss of the declaration. */
    private List<Output> outputs(Network model) {
        List<Output> outputs = model.outputLayers();
        if (outputs.size() > 1 && declaration.isTrainable()) {
            report(
                    declaration.loss().isWritten() ? declaration.loss() : declaration.lossFormula(),
                    "LossOfOutputs",
                    "The model has " + outputs.size() + " outputs, and a loss is that of one; choose it by output ="
                            + " \"...\", or remove the loss.");
            return outputs;
        }
        Layer last = model.layer(outputs.get(0).layer());
        Activation activation = last.activation() instanceof ActivationFunction.Named named ? named.activation() : null;
        Optional<LossFunction> loss = loss(
                declaration.loss(),
                declaration.lossFormula(),
                needed -> activation == needed
                        ? Optional.empty()
                        : Optional.of(last.activation().text()));
        return outputs.stream().map(output -> output.with(loss)).toList();
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
        if (!declaration.parts().isWritten() && isOutside(declaration.inputs().value(), Network.MOST_UNITS)) {
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
            functions.add(
                    parsed(layer.formula(), Formulas.activation(layer.formula().value()))
                            .map(ActivationFunction.class::cast)
                            .orElse(ActivationFunction.Named.of(Activation.IDENTITY)));
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

    /** The losses of the declared outputs, or that of the network. */
    private void losses() {
        List<OutputDeclaration> outputs = declaration.outputs().value();
        List<LayerDeclaration> layers = declaration.layers().value();
        if (outputs.isEmpty()) {
            LayerDeclaration last = layers.isEmpty() ? null : layers.get(layers.size() - 1);
            losses.add(loss(declaration.loss(), declaration.lossFormula(), last));
            return;
        }
        boolean isOfNetwork =
                declaration.loss().isWritten() || declaration.lossFormula().isWritten();
        if (isOfNetwork) {
            report(
                    declaration.loss().isWritten() ? declaration.loss() : declaration.lossFormula(),
                    "LossOfOutputs",
                    "Each of the outputs has a loss of its own; move this one to its @Output.");
        }
        for (OutputDeclaration output : outputs) {
            if (declaration.isTrainable() && !isOfNetwork && !output.hasLoss()) {
                report(
                        output.layer(),
                        "LossMissing",
                        "Other outputs have a loss, and this one has none; add loss = Loss.... or lossFormula = \"...\".");
            }
            LayerDeclaration layer = IntStream.range(0, layers.size())
                    .filter(i -> Wiring.name(layers.get(i), i + 1)
                            .equals(output.layer().value()))
                    .mapToObj(layers::get)
                    .findFirst()
                    .orElse(null);
            losses.add(loss(output.loss(), output.lossFormula(), layer));
        }
    }

    /** @param layer that it is taken of, or null where there is none */
    private Optional<LossFunction> loss(Declared<Loss> loss, Declared<String> formula, LayerDeclaration layer) {
        return loss(loss, formula, needed -> {
            boolean fits = layer == null || layer.activation().value() == needed;
            return fits
                    ? Optional.empty()
                    : Optional.of(
                            layer.formula().isWritten()
                                    ? "a formula"
                                    : layer.activation().value().toString());
        });
    }

    /** @param other what the outputs have in place of an activation, empty where it is that */
    private Optional<LossFunction> loss(
            Declared<Loss> loss, Declared<String> formula, Function<Activation, Optional<String>> other) {
        if (loss.isWritten() && formula.isWritten()) {
            report(formula, "LossAndFormula", "A network has a loss or a lossFormula; remove one of the two.");
        }
        if (formula.isWritten()) {
            return parsed(formula, Formulas.loss(formula.value())).map(LossFunction.class::cast);
        } else if (loss.isWritten()) {
            needed(loss.value())
                    .ifPresent(needed -> other.apply(needed)
                            .ifPresent(activation -> report(
                                    loss,
                                    "LossDoesNotFit",
                                    loss.value() + " needs an output layer with activation " + needed
                                            + ", and this one has " + activation + "; change one of the two.")));
            return Optional.of(new LossFunction.Named(loss.value()));
        }
        return Optional.empty();
    }

    /** The activation of the outputs that a loss is computed together with. */
    private static Optional<Activation> needed(Loss loss) {
        return switch (loss) {
            case BINARY_CROSS_ENTROPY -> Optional.of(Activation.SIGMOID);
            case CATEGORICAL_CROSS_ENTROPY -> Optional.of(Activation.SOFTMAX);
            default -> Optional.empty();
        };
    }

    /** The loss of an inverse scale is taken of what is scaled back, which has to be the outputs. */
    private void inverse(LayerDeclaration layer, Optional<LossFunction> loss) {
        boolean hasActivation =
                layer.formula().isWritten() || layer.activation().value() != Activation.IDENTITY;
        if (layer.inverse().value() && loss.isPresent() && hasActivation) {
            report(
                    layer.inverse(),
                    "InverseWithActivation",
                    "The loss of an output layer that scales back is taken of what it reads, so it has no activation;"
                            + " remove it here, or put it into the layer before.");
        }
    }

    private Optional<Network> network() {
        Wiring wiring = new Wiring(declaration, functions, problems);
        wiring.read();
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        Network network = new Network(
                wiring.parts(),
                wiring.layers(),
                outputs(wiring),
                declaration.unroll().value());
        if (declaration.isFrozen() && network.parameters() > Limits.FROZEN_PARAMETERS) {
            report(
                    declaration.weights(),
                    "TooLargeToFreeze",
                    "A class holds at most " + number(Limits.FROZEN_PARAMETERS)
                            + " parameters, and this network has " + number(network.parameters())
                            + "; load the file at run time instead, by WeightFile.load.");
        }
        unroll(network);
        Extras.check(declaration, network, problems);
        return Optional.of(network);
    }

    private void unroll(Network network) {
        long scalars = Schedule.scalars(network);
        if (network.unroll() == Unroll.FULL && scalars > Limits.FULL_SCALARS) {
            report(
                    declaration.unroll(),
                    "TooLargeToUnroll",
                    "FULL writes out at most " + number(Limits.FULL_SCALARS)
                            + " scalars (parameters + inputs + 8 a unit), and this network has " + number(scalars)
                            + "; choose AUTO, which makes loops of large layers.");
        }
    }

    private List<Output> outputs(Wiring wiring) {
        List<Layer> layers = wiring.layers();
        List<OutputDeclaration> declared = declaration.outputs().value();
        List<Output> outputs = new ArrayList<>();
        int first = 0;
        for (int i = 0; i < losses.size(); i++) {
            int number = declared.isEmpty() ? layers.size() : wiring.number(declared.get(i));
            double weight = declared.isEmpty() ? 1 : declared.get(i).weight().value();
            int units = layers.get(number - 1).units();
            inverse(declaration.layers().value().get(number - 1), losses.get(i));
            outputs.add(new Output(number, first, units, losses.get(i), weight));
            first += units;
        }
        return outputs;
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
