package dev.chainrule.processor;

import static dev.chainrule.processor.DeclarationMistake.inValues;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Graphs that make no sense: one error each, on the value at fault, with a way out. */
class GraphErrorsTest {
    private static final String HUBER = ", loss = Loss.HUBER";

    @ParameterizedTest(name = "{0}")
    @MethodSource({"sources", "shapes", "parts", "outputs"})
    void oneMistakeIsOneErrorOnTheValueAtFault(DeclarationMistake mistake) {
        mistake.isReported();
    }

    static Stream<DeclarationMistake> sources() {
        return Stream.of(
                inValues(
                        "an unknown source",
                        "[SourceUnknown] from names \"g\", and there is no such layer or part of the input before this one;"
                                + " those are h.",
                        "inputs = 2, layers = {@Layer(name = \"h\", units = 2), @Layer(units = 1, from = <<\"g\">>)}"
                                + HUBER),
                inValues(
                        "a later source",
                        "[SourceUnknown] from names \"g\", which is declared after this layer; a layer reads those before it:"
                                + " move one of them.",
                        "inputs = 2, layers = {@Layer(name = \"h\", units = 2), @Layer(units = 1, from = <<{\"h\", \"g\"}>>),"
                                + " @Layer(name = \"g\", units = 1)}" + HUBER),
                inValues(
                        "itself",
                        "[SourceUnknown] from names \"h\", which is this layer itself; a layer reads those before it.",
                        "inputs = 2, layers = @Layer(name = \"h\", units = 2, from = <<\"h\">>)" + HUBER),
                inValues(
                        "nothing",
                        "[NothingRead] from is empty; name what the layer reads, or remove from.",
                        "inputs = 2, layers = {@Layer(units = 2), @Layer(units = 1, from = <<{}>>)}" + HUBER),
                inValues(
                        "a layer that leads nowhere",
                        "[LeadsNowhere] No layer reads g, and it is no output; name it in the from of another layer, or in"
                                + " outputs, or remove it.",
                        "inputs = 2, layers = {@Layer(name = \"h\", units = 2), @Layer(name = <<\"g\">>, units = 3),"
                                + " @Layer(units = 1, from = \"h\")}" + HUBER),
                inValues(
                        "two of a name",
                        "[NameTwice] name = \"h\" is the name of another layer or part of the input, too; give each its own.",
                        "inputs = 2, layers = {@Layer(name = \"h\", units = 2), @Layer(name = <<\"h\">>, units = 1)}"
                                + HUBER),
                inValues(
                        "the name of the whole input",
                        "[NameTwice] name = \"input\" is the name of another layer or part of the input, too; give each its"
                                + " own.",
                        "inputs = 2, layers = @Layer(name = <<\"input\">>, units = 2)" + HUBER),
                inValues(
                        "no name",
                        "[NameNotIdentifier] name = \"1st\" cannot name a layer; give a lower-case letter followed by letters,"
                                + " digits and _, such as \"hidden\".",
                        "inputs = 2, layers = @Layer(name = <<\"1st\">>, units = 2)" + HUBER));
    }

    static Stream<DeclarationMistake> shapes() {
        String two = "inputs = 2, layers = {@Layer(name = \"g\", units = 2), @Layer(name = \"h\", units = 3), ";
        return Stream.of(
                inValues(
                        "unequal widths",
                        "[WidthsDiffer] ADD goes unit by unit, and what this layer reads has 2 and 3 units; give it sources of"
                                + " equal width.",
                        two + "@Layer(kind = LayerKind.ADD, from = <<{\"g\", \"h\"}>>)}" + HUBER),
                inValues(
                        "a scale of two sources",
                        "[ScaleOfOneSource] SCALE reads one layer or part of the input, and this one reads 2; put a layer of"
                                + " kind CONCATENATE before it.",
                        two + "@Layer(kind = LayerKind.SCALE, from = <<{\"g\", \"h\"}>>)}" + HUBER),
                inValues(
                        "units of another number",
                        "[UnitsDiffer] units = 3, but a layer of kind CONCATENATE over this has 5; remove units.",
                        two + "@Layer(kind = LayerKind.CONCATENATE, units = <<3>>, from = {\"g\", \"h\"})}" + HUBER),
                inValues(
                        "biases without weights",
                        "[BiasWithoutWeights] Layers of kind ADD have no biases; remove bias.",
                        "inputs = 2, layers = @Layer(kind = LayerKind.ADD, bias = <<false>>)" + HUBER),
                inValues(
                        "an inverse that does not scale",
                        "[InverseWithoutScale] inverse is for layers of kind SCALE, and this one is DENSE; remove it, or change"
                                + " the kind.",
                        "inputs = 2, layers = @Layer(units = 1, inverse = <<true>>)" + HUBER),
                inValues(
                        "an inverse output with an activation",
                        "[InverseWithActivation] The loss of an output layer that scales back is taken of what it reads, so it"
                                + " has no activation; remove it here, or put it into the layer before.",
                        "inputs = 2, layers = {@Layer(units = 1), @Layer(kind = LayerKind.SCALE, inverse = <<true>>, activation"
                                + " = Activation.TANH)}" + HUBER),
                inValues(
                        "weights of an unknown layer",
                        "[WeightsUnknown] weightsOf = \"g\" is no dense layer before this one with weights of its own.",
                        "inputs = 2, layers = {@Layer(units = 2), @Layer(units = 2, weightsOf = <<\"g\">>)}" + HUBER),
                inValues(
                        "weights of another shape",
                        "[WeightsOfAnotherShape] The weights of g lead from 2 units to 3, and those of this layer from 3"
                                + " to 3; they can be shared only where both are the same.",
                        "inputs = 2, layers = {@Layer(name = \"g\", units = 3), @Layer(weightsOf = <<\"g\">>)}"
                                + HUBER));
    }

    static Stream<DeclarationMistake> parts() {
        String layer = ", layers = @Layer(units = 1)" + HUBER;
        return Stream.of(
                inValues(
                        "inputs and parts",
                        "[InputsAndParts] A network has inputs or parts; remove inputs, which are as many as the parts have"
                                + " numbers.",
                        "inputs = <<2>>, parts = @Input(name = \"a\", size = 2)" + layer),
                inValues(
                        "an empty part",
                        "[PartSizeOutOfRange] size = 0; a part of the input has 1 to 1,000,000 numbers.",
                        "parts = @Input(name = \"a\", size = <<0>>)" + layer),
                inValues(
                        "one category",
                        "[CategoriesOutOfRange] categories = 1; a number tells apart 2 to 1,000,000 categories.",
                        "parts = @Input(name = \"a\", categories = <<1>>)" + layer),
                inValues(
                        "categories of two numbers",
                        "[CategoriesOfOneNumber] size = 2; a part with categories is one number; remove size, or categories, or"
                                + " declare a part for each number.",
                        "parts = @Input(name = \"a\", size = <<2>>, categories = 3)" + layer),
                inValues(
                        "a first without categories",
                        "[FirstWithoutCategories] first is the number of the first category, and this part has no categories;"
                                + " remove it, or add categories = ....",
                        "parts = @Input(name = \"a\", first = <<2>>)" + layer),
                inValues(
                        "a part that nobody reads",
                        "[LeadsNowhere] No layer reads the part b; name it in a layer's from, or remove it.",
                        "parts = {@Input(name = \"a\"), @Input(name = <<\"b\">>)}, layers = @Layer(units = 1, from = \"a\")"
                                + HUBER));
    }

    static Stream<DeclarationMistake> outputs() {
        String layers = "inputs = 2, layers = {@Layer(name = \"g\", units = 2), @Layer(name = \"h\", units = 3)}, ";
        return Stream.of(
                inValues(
                        "an unknown output",
                        "[OutputUnknown] layer = \"y\" is no layer; those are g, h.",
                        layers
                                + "outputs = {@Output(layer = \"h\", loss = Loss.HUBER), @Output(layer = <<\"y\">>, loss ="
                                + " Loss.HUBER)}"),
                inValues(
                        "two losses",
                        "[OutputTwice] layer = \"h\" is an output already; a layer has one loss: put both into one"
                                + " lossFormula.",
                        layers
                                + "outputs = {@Output(layer = \"h\", loss = Loss.HUBER), @Output(layer = <<\"h\">>, loss ="
                                + " Loss.LOG_COSH)}"),
                inValues(
                        "an output without a loss",
                        "[LossMissing] Other outputs have a loss, and this one has none; add loss = Loss.... or lossFormula ="
                                + " \"...\".",
                        layers + "outputs = {@Output(layer = \"h\", loss = Loss.HUBER), @Output(layer = <<\"g\">>)}"),
                inValues(
                        "a loss beside outputs",
                        "[LossOfOutputs] Each of the outputs has a loss of its own; move this one to its @Output.",
                        layers + "outputs = @Output(layer = \"h\"), loss = <<Loss.HUBER>>"),
                inValues(
                        "a weight that is no number",
                        "[WeightNotFinite] weight = NaN; give a finite number, such as 0.5.",
                        layers + "outputs = @Output(layer = \"h\", loss = Loss.HUBER, weight = <<Double.NaN>>)"),
                inValues(
                        "a loss that does not fit",
                        "[LossDoesNotFit] BINARY_CROSS_ENTROPY needs an output layer with activation SIGMOID, and this one has"
                                + " IDENTITY; change one of the two.",
                        layers + "outputs = @Output(layer = \"h\", loss = <<Loss.BINARY_CROSS_ENTROPY>>)"),
                inValues(
                        "a loss that does not fit a layer without a name",
                        "[LossDoesNotFit] CATEGORICAL_CROSS_ENTROPY needs an output layer with activation SOFTMAX, and this one"
                                + " has IDENTITY; change one of the two.",
                        "inputs = 2, layers = @Layer(units = 3), outputs = @Output(layer = \"layer1\", loss ="
                                + " <<Loss.CATEGORICAL_CROSS_ENTROPY>>)"),
                inValues(
                        "labels of another number",
                        "[LabelsDoNotFit] There are 2 labels, and 3 answers to name; give one for each output.",
                        "inputs = 2, layers = @Layer(units = 3), weights = \"a.safetensors\", labels = <<{\"a\", \"b\"}>>"
                                + HUBER),
                inValues(
                        "a second derivative of what is not trained",
                        "[DerivativesWithoutLoss] also is for networks to train, which need a loss, but for the"
                                + " JACOBIAN of a frozen class; add loss = Loss.... or lossFormula = \"...\", or remove it.",
                        "inputs = 2, layers = @Layer(units = 3), weights = \"a.safetensors\", also = <<Derivative.HESSIAN>>"));
    }
}
