package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaTest {
    private static final Formula Z = new Formula.Unit();
    private static final Formula P = new Formula.Trainable("p");

    @Test
    void operatorsBindAsInJava() {
        assertThat(Formula.of("z - p * z / 2 + p"))
                .isEqualTo(call("+", call("-", Z, call("/", call("*", P, Z), number(2))), P));
        assertThat(Formula.of("z - (p - -z) * -2.5"))
                .isEqualTo(call("-", Z, call("*", call("-", P, call("-", Z)), number(-2.5))));
    }

    @Test
    void callsAndChoices() {
        assertThat(Formula.of("max(1.0E-5 * z, tanh(z))"))
                .isEqualTo(call("max", call("*", number(1e-5), Z), call("tanh", Z)));
        assertThat(Formula.of("z >= 0 ? z : p < z ? 1 : p"))
                .isEqualTo(new Formula.Choice(Z, ">=", number(0), Z, new Formula.Choice(P, "<", Z, number(1), P)));
    }

    @Test
    void lossesAreOfOutputsAndTargets() {
        Formula difference = call("-", new Formula.Output(), new Formula.Target());
        assertThat(Formula.ofLoss("mean(z * (y - t)) / 2"))
                .isEqualTo(call("/", call("mean", call("*", Z, difference)), number(2)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Formula.ofLoss("sum(p * y)"))
                .withMessage("\"sum(p * y)\" is no formula of a loss: \"p\" is neither y, t nor z");
        assertThat(new OutputDescription("y", "HUBER", 1, TargetKind.ANY).formula())
                .isEmpty();
        assertThat(new OutputDescription("y", "any", "sum(y)", 1, TargetKind.ANY).formula())
                .contains(call("sum", new Formula.Output()));
    }

    private static Formula number(double value) {
        return new Formula.Number(value);
    }

    private static Formula call(String function, Formula... arguments) {
        return new Formula.Call(function, arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"       | \"\"",
                "z +      | \"\"",
                "tanh(z   | \"\"",
                "tanh()   | )",
                "z z      | z",
                "z ^ 2    | ^ 2",
                "z > 0    | \"\"",
                "z > 0 ? 1 | \"\"",
            })
    void wrongTexts(String text, String found) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Formula.of(text))
                .withMessage("\"" + text + "\" is no formula: \"" + found + "\" is not expected there");
    }
}
