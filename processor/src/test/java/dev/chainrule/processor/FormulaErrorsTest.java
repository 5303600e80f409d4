package dev.chainrule.processor;

import static dev.chainrule.processor.DeclarationMistake.inValues;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.processor.formula.Formulas;
import dev.chainrule.processor.formula.Mistake;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes in formulas: what is said, and the column that the caret stands under. */
class FormulaErrorsTest {
    private static final String FUNCTIONS =
            "exp, expm1, log, log1p, sqrt, sin, cos, atan, tanh, sigmoid, softplus, erf, abs, max, min, sign, clamp";

    /** The caret of each formula stands where the second column says, counted from 0. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        z * sigmod(z)        | 4  | There is no function "sigmod"; there are FUNCTIONS. For a product write * before the parenthesis.
        p(z)                 | 0  | There is no function "p"; there are FUNCTIONS. For a product write * before the parenthesis.
        2 * (z + 1           | 10 | Expected ")" for the "(" at column 5, but found the end.
        max(0, z             | 8  | Expected ")" or "," after the arguments of the "(" at column 4, but found the end.
        z + 1)               | 5  | Expected an operator, ";" before first values or the end, but found ")".
        z +                  | 3  | Expected a number, a name or "(", but found the end; add what is missing.
        ` `                  | 1  | Expected a number, a name or "(", but found the end; add what is missing.
        z * * 2              | 4  | Expected a number, a name or "(", but found "*"; add what is missing.
        +z                   | 0  | Expected a number, a name or "(", but found "+"; add what is missing.
        z # 2                | 2  | The character "#" has no place in a formula; names consist of the letters A to Z and a to z, digits and _.
        2z                   | 1  | A number ends here and a name begins; write * between them for their product.
        z z                  | 2  | Expected an operator, ";" before first values or the end, but found "z".
        max(z)               | 0  | max takes 2 arguments, and here it has 1.
        tanh(z, 1)           | 0  | tanh takes 1 argument, and here it has 2.
        exp()                | 0  | exp takes 1 argument, and here it has 0.
        clamp(z, 1)          | 0  | clamp takes 3 arguments, and here it has 2.
        z * tanh             | 4  | tanh is a function; write its arguments after it, as in tanh(...).
        y + z                | 0  | y cannot stand in the formula of a layer: the sum of a unit is z, and a parameter takes another name than those of inputs, outputs, targets, losses and tensors.
        z * bias             | 4  | bias cannot stand in the formula of a layer: the sum of a unit is z, and a parameter takes another name than those of inputs, outputs, targets, losses and tensors.
        sum(z)               | 0  | There is no function "sum"; there are FUNCTIONS. For a product write * before the parenthesis.
        z / 0                | 4  | This is 0, and nothing can be divided by it.
        z / (2 - 2)          | 4  | This is 0, and nothing can be divided by it.
        1 / sin(0)           | 4  | This is 0, and nothing can be divided by it.
        z / erf(0)           | 4  | This is 0, and nothing can be divided by it.
        z * 0^-1             | 7  | This divides by 0, of which there is no negative power.
        z + log(0)           | 4  | The value of this is infinite; take numbers whose value is finite.
        z + sqrt(-1)         | 4  | The value of this is not a number; take numbers whose value is finite.
        1e999 * z            | 0  | 1e999 is too large for a double; take another number.
        1e-999 * z           | 0  | 1e-999 is too small for a double; take another number.
        z^2^3                | 3  | Powers are not chained; say by parentheses which is meant, as in (z^2)^3.
        z^p                  | 2  | An exponent is a whole number, as in z^2 or z^-1, and this is "p"; write exp(p * log(z)) for other powers.
        z^1.5                | 2  | An exponent is a whole number, as in z^2 or z^-1, and this is "1.5"; write exp(p * log(z)) for other powers.
        z^99999999999        | 2  | An exponent is a whole number, as in z^2 or z^-1, and this is "99999999999"; write exp(p * log(z)) for other powers.
        z > 0                | 0  | A comparison is not a number; say what to take of it, as in z > 0 ? z : 0.
        1 + (z > 0)          | 4  | A comparison is not a number; say what to take of it, as in z > 0 ? z : 0.
        (z > 0) * z          | 0  | A comparison is not a number; say what to take of it, as in z > 0 ? z : 0.
        z ? 1 : 0            | 0  | A comparison has to stand before "?", as in z > 0 ? z : 0; add one here.
        z > 0 > 1 ? 1 : 0    | 6  | Only numbers can be compared, not comparisons; write one choice in another.
        z > 0 ? z            | 9  | Expected ":" and what holds otherwise, but found the end.
        z = 1                | 2  | Expected an operator, ";" before first values or the end, but found "=".
        p * z; q = 1         | 7  | Expected a parameter of the formula and its first value, as in p = 0.25, but found "q"; its parameters: p.
        z; p = 1             | 3  | Expected a parameter of the formula and its first value, as in p = 0.25, but found "p"; the formula has no parameters.
        p * z; p = 1, p = 2  | 14 | p has a first value already; remove one.
        p * z; p 1           | 9  | Expected "=" and the first value of p, but found "1".
        p * z; p = z         | 11 | Expected a number as first value, but found "z".
        p * z;               | 6  | Expected a parameter of the formula and its first value, as in p = 0.25, but found the end; its parameters: p.
        p * z; p = 1e999     | 11 | 1e999 is too large for a double; take another number.
        """)
    void ofALayer(String formula, int column, String what) {
        assertThat(Formulas.activation(formula).mistake())
                .contains(new Mistake(formula, column, what.replace("FUNCTIONS", FUNCTIONS)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        mean(z)              | 5  | "z" means nothing in a loss, which is made of numbers and of sum(...) and mean(...) of outputs y and targets t.
        p * sum(y)           | 0  | "p" means nothing in a loss, which is made of numbers and of sum(...) and mean(...) of outputs y and targets t.
        y - sum(t)           | 0  | y is of each output; put it in a sum or a mean over them, as in mean((y - t)^2).
        sum(y * mean(t))     | 8  | Sums are not nested; multiply or divide what is summed up.
        sum(t)               | 0  | A loss depends on the outputs; write what makes it small, as in mean((y - t)^2).
        1                    | 0  | A loss depends on the outputs; write what makes it small, as in mean((y - t)^2).
        sum(y); p = 1        | 6  | Expected an operator or the end, but found ";".
        mean(y               | 6  | Expected ")" for the "(" at column 5, but found the end.
        mean(y, t)           | 6  | Expected ")" for the "(" at column 5, but found ",".
        mean(y > t)          | 5  | A comparison is not a number; say what to take of it, as in z > 0 ? z : 0.
        sum(y) / 0           | 9  | This is 0, and nothing can be divided by it.
        """)
    void ofALoss(String formula, int column, String what) {
        assertThat(Formulas.loss(formula).mistake()).contains(new Mistake(formula, column, what));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "y", "t", "E", "sum", "mean", "weight", "bias", "shift", "scale"})
    void reservedNamesAreNoParameters(String name) {
        assertThat(Formulas.activation("z * " + name).mistake())
                .hasValueSatisfying(mistake -> assertThat(mistake.column()).isEqualTo(4));
    }

    static Stream<String> tooLarge() {
        return Stream.of(
                "z + ".repeat(2_499) + "z  +",
                "z + ".repeat(499) + "z",
                "(".repeat(1_000) + "z" + ")".repeat(1_000),
                "(".repeat(900) + "z" + ")".repeat(900),
                "-".repeat(1_000) + "z",
                "tanh(".repeat(300) + "z" + ")".repeat(300),
                "z > 0 ? 1 : ".repeat(150) + "z",
                "z / 2".repeat(1) + " / 2".repeat(300),
                "(".repeat(200) + "z" + "^4)".repeat(200),
                IntStream.range(1, 60).mapToObj(i -> "(z + " + i + ") * ").collect(Collectors.joining()) + "z");
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void whatIsTooLargeIsAnErrorAndNoOverflow(String formula) {
        // So that no class is loaded on the small stack, where agents may do much about it
        assertThat(Formulas.activation("z > 1 ? -tanh(z) / 2 : z^2 + max(z, 1").mistake())
                .isPresent();
        Thread[] small = new Thread[1];
        boolean[] isMistake = new boolean[1];
        small[0] = new Thread(
                null,
                () -> isMistake[0] = Formulas.activation(formula).mistake().isPresent(),
                "small stack",
                256 << 10);
        small[0].start();
        assertThat(joined(small[0])).isTrue();
        assertThat(isMistake[0]).isTrue();
    }

    private static boolean joined(Thread thread) {
        try {
            thread.join(60_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return !thread.isAlive();
    }

    /** The compiler indents all lines but the first by two more. */
    @Test
    void theFormulaIsShownWithACaret() {
        inValues("an unknown function", """
                        [FormulaSyntax] There is no function "sigmod"; there are FUNCTIONS. For a product write * before the\
                         parenthesis.
                            z * sigmod(z)
                                ^""".replace("FUNCTIONS", FUNCTIONS), """
                        inputs = 1,
                        layers = @Layer(units = 1, formula = <<"z * sigmod(z)">>),
                        loss = Loss.HUBER""")
                .isReported();
        inValues("z in a loss", """
                        [FormulaSyntax] "z" means nothing in a loss, which is made of numbers and of sum(...) and mean(...) of\
                         outputs y and targets t.
                            mean(z)
                                 ^""", """
                        inputs = 1,
                        layers = @Layer(units = 1),
                        lossFormula = <<"mean(z)">>""").isReported();
    }

    @Test
    void aLongFormulaIsShownAroundTheCaret() {
        String formula = "z + ".repeat(30) + "sin()" + " + z".repeat(30);
        assertThat(Formulas.activation(formula).mistake().orElseThrow().text())
                .isEqualTo("sin takes 1 argument, and here it has 0.\n  ..." + formula.substring(70, 170) + "...\n  "
                        + " ".repeat(53) + "^");
    }

    @Test
    void lineBreaksAreSpaces() {
        assertThat(Formulas.activation("z\n * (").mistake().orElseThrow().text())
                .isEqualTo("Expected a number, a name or \"(\", but found the end; add what is missing.\n"
                        + "  z  * (\n        ^");
    }

    static Stream<DeclarationMistake> values() {
        return Stream.of(
                inValues(
                        "a formula and an activation",
                        "[FormulaAndActivation] A layer has an activation or a formula; remove one of the two.",
                        "inputs = 1, layers = @Layer(units = 1, activation = Activation.TANH, formula = <<\"z\">>),"
                                + " loss = Loss.HUBER"),
                inValues(
                        "a loss and the formula of one",
                        "[LossAndFormula] A network has a loss or a lossFormula; remove one of the two.",
                        "inputs = 1, layers = @Layer(units = 1), loss = Loss.HUBER, lossFormula = <<\"sum(y)\">>"),
                inValues(
                        "a slope of nothing",
                        "[SettingWithoutActivation] slope is a setting of LEAKY_RELU, which is not the activation here;"
                                + " remove it, or add activation = Activation.LEAKY_RELU.",
                        "inputs = 1, layers = @Layer(units = 1, slope = <<1>>), loss = Loss.HUBER"),
                inValues(
                        "an alpha beside a formula",
                        "[SettingWithoutActivation] alpha is a setting of ELU, which is not the activation here;"
                                + " remove it, or add activation = Activation.ELU.",
                        "inputs = 1, layers = @Layer(units = 1, formula = \"z\", alpha = <<2>>), loss = Loss.HUBER"),
                inValues(
                        "a slope of NaN",
                        "[SettingNotFinite] slope = NaN; give a finite number, such as 0.01.",
                        "inputs = 1, layers = @Layer(units = 1, activation = Activation.LEAKY_RELU,"
                                + " slope = <<Double.NaN>>), loss = Loss.HUBER"),
                inValues(
                        "a cross-entropy of a formula",
                        "[LossDoesNotFit] BINARY_CROSS_ENTROPY needs an output layer with activation SIGMOID, and this"
                                + " one has a formula; change one of the two.",
                        "inputs = 1, layers = @Layer(units = 1, formula = \"sigmoid(z)\"),"
                                + " loss = <<Loss.BINARY_CROSS_ENTROPY>>"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void oneMistakeIsOneErrorOnTheValueAtFault(DeclarationMistake mistake) {
        mistake.isReported();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        z*tanh( softplus (z) )           | z * tanh(softplus(z))
        -z^2                             | -z^2
        z-  -1.0                         | z - -1
        0.50*z/(1+abs(z))                | 0.5 * z / (1 + abs(z))
        z>=0?z:alpha*expm1(z);alpha=1    | z >= 0 ? z : alpha * expm1(z)
        max(0,z)+p*min(0,z) ; p = .25    | max(0, z) + p * min(0, z)
        2*(z)                            | 2 * (z)
        z^-1                             | z^-1
        """)
    void theTextDoesNotDependOnSpaces(String formula, String text) {
        assertThat(Formulas.activation(formula).value().orElseThrow().text()).isEqualTo(text);
    }

    @Test
    void lettersHaveFirstValuesInOrder() {
        var formula =
                Formulas.activation("b * z + a + C_1; b = -2, a = 1e1").value().orElseThrow();
        assertThat(formula.letters())
                .containsExactly(Map.entry("C_1", 0.0), Map.entry("a", 10.0), Map.entry("b", -2.0));
    }
}
