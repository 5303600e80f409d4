package dev.chainrule.processor;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties that make no sense: one error each, on the value at fault, with a way out. */
class PropertyErrorsTest {
    private static final String BOX = "\"0 <= x_0 && x_0 <= 1 && 1 <= x_1 && x_1 <= 2\"";
    private static final String NETWORK =
            "@Network(inputs = 2, layers = @Layer(units = 3), weights = \"w.safetensors\")";

    @ParameterizedTest(name = "{0}")
    @MethodSource({"boxes", "outputs", "declarations"})
    void oneMistakeIsOneErrorOnTheValueAtFault(DeclarationMistake mistake) {
        mistake.isReported();
    }

    private static DeclarationMistake when(String name, String when, String message) {
        return DeclarationMistake.of(
                name, message, NETWORK + "\n@Ensure(when = <<\"" + when + "\">>, then = \"y_0 > 0\")\nclass Wrong {}");
    }

    private static DeclarationMistake then(String name, String then, int column, String what) {
        return DeclarationMistake.of(
                name,
                "[PropertySyntax] " + what + "\n    " + then + "\n    " + " ".repeat(column) + "^",
                NETWORK + "\n@Ensure(when = " + BOX + ", then = <<\"" + then + "\">>)\nclass Wrong {}");
    }

    private static String caret(String text, int column) {
        return "\n    " + text + "\n    " + " ".repeat(column) + "^";
    }

    static Stream<DeclarationMistake> boxes() {
        String product = "x_0 + x_1 <= 1";
        String either = "x_0 <= 1 || x_1 <= 1";
        String unknown = "x_2 <= 1";
        String notANumber = "x_0 <= NaN";
        return Stream.of(
                when(
                        "an input without a bound",
                        "0 <= x_0 && x_0 <= 1 && x_1 < 5",
                        "[InputUnbounded] A lower and an upper bound of each input are needed, and there are not both of"
                                + " x_1; add x_1 >= ... && x_1 <= ...."),
                when(
                        "swapped bounds",
                        "1 <= x_0 && x_0 <= 0 && x_1 == 1",
                        "[EmptyBox] No double is within the bounds of x_0, so that anything would hold; are they"
                                + " swapped?"),
                when(
                        "no double between",
                        "0 < x_0 && x_0 < 1e-400 && x_1 == 1",
                        "[EmptyBox] No double is within the bounds of x_0, so that anything would hold; are they"
                                + " swapped?"),
                when(
                        "no double equal",
                        "x_0 == 1 && x_1 == 0.1",
                        "[EmptyBox] No double is within the bounds of x_1, so that anything would hold; are they"
                                + " swapped?"),
                when(
                        "two inputs",
                        product,
                        "[NotABound] This is no bound of one input; when bounds each by numbers, as in 0 <= x_0 && x_0 <= 1."
                                + caret(product, 10)),
                when(
                        "either",
                        either,
                        "[NotABound] when is a box: bounds joined by && alone; give each of several boxes an @Ensure of its"
                                + " own." + caret(either, 0)),
                when(
                        "an unknown name",
                        unknown,
                        "[PropertySyntax] \"x_2\" is none of the inputs, which are x_0, x_1." + caret(unknown, 0)),
                when(
                        "NaN",
                        notANumber,
                        "[PropertySyntax] \"NaN\" is none of the inputs, which are x_0, x_1." + caret(notANumber, 7)));
    }

    static Stream<DeclarationMistake> outputs() {
        return Stream.of(
                then("an unknown name", "y_0 > x_0", 6, "\"x_0\" is none of the outputs, which are y_0, y_1, y_2."),
                then(
                        "a product",
                        "y_0 * y_1 > 0",
                        4,
                        "A property is linear: outputs are multiplied by numbers, and not by each other."),
                then("a quotient", "1 / y_0 > 0", 4, "A property is linear: outputs divide nothing."),
                then("a division by zero", "y_0 / 0 > 0", 6, "This is 0, and nothing can be divided by it."),
                then(
                        "a quotient without end",
                        "y_0 / 3 > 0",
                        6,
                        "The quotient has no end as a decimal; multiply both sides of the comparison instead, as in 3 * y_0"
                                + " > 1."),
                then(
                        "a chain",
                        "0 < y_0 < 1",
                        8,
                        "Comparisons are not chained; join two by &&, as in 0 <= x_0 && x_0 <= 1."),
                then(
                        "a number",
                        "y_0 && y_1 > 0",
                        0,
                        "This is a number, and not a comparison; compare it with another one, as in y_0 > 0."),
                then(
                        "a comparison added",
                        "(y_0 > 0) + 1 > 0",
                        0,
                        "A comparison is not a number; join comparisons by && and ||."),
                then("nothing", "", 0, "Expected a number, a name or \"(\", but found the end; add what is missing."),
                then(
                        "an open parenthesis",
                        "(y_0 > 0",
                        8,
                        "Expected \")\" for the \"(\" at column 1, but found the end."),
                then("more", "y_0 > 0 y_1", 8, "Expected an operator or the end, but found \"y_1\"."));
    }

    static Stream<DeclarationMistake> declarations() {
        String clause = "(y_0 > 0 && y_1 > 0)";
        String many = clause + (" || " + clause).repeat(9);
        return Stream.of(
                DeclarationMistake.of(
                        "a live network",
                        "[EnsureWithoutWeights] @Ensure is about the frozen class, whose numbers do not change; add weights"
                                + " = \"...\" or model = \"...\", or remove it.",
                        UserCode.NETWORK + "\n@Ensure(when = <<" + BOX + ">>, then = \"y_0 > 0\")\nclass Wrong {}"),
                DeclarationMistake.of(
                        "no network",
                        "[EnsureWithoutNetwork] @Ensure is about the class of a @Network, and there is none here; declare"
                                + " one, or remove it.",
                        "<<@Ensure(when = " + BOX + ", then = \"y_0 > 0\")>>\nclass Wrong {}"),
                DeclarationMistake.of(
                        "no boxes",
                        "[BoxesOutOfRange] boxes = 0; a proof looks at one box at least.",
                        NETWORK + "\n@Ensure(when = " + BOX + ", then = \"y_0 > 0\", boxes = <<0>>)\nclass Wrong {}"),
                DeclarationMistake.of(
                        "too many clauses",
                        "[PropertyTooLarge] Written as (... || ...) && (... || ...), this has more than 1,000 parts; divide it"
                                + " between several @Ensure.",
                        NETWORK + "\n@Ensure(when = " + BOX + ", then = <<\"" + many + "\">>)\nclass Wrong {}"));
    }
}
