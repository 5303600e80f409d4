package dev.chainrule.processor.formula;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.rules.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The functions that formulas call: each is a rule of the same name, but for a few. */
enum NamedFunction {
    EXP(Rule.EXP),
    EXPM1(Rule.EXPM1),
    LOG(Rule.LOG),
    LOG1P(Rule.LOG1P),
    SQRT(Rule.SQRT),
    SIN(Rule.SIN),
    COS(Rule.COS),
    ATAN(Rule.ATAN),
    TANH(Rule.TANH),
    SIGMOID(Rule.SIGMOID),
    SOFTPLUS(Rule.SOFTPLUS),
    ERF(Rule.ERF),
    ABS(Rule.ABS),
    MAX(Rule.MAX, 2),
    MIN(Rule.MIN, 2),
    SIGN(Rule.SIGN),
    /** {@code clamp(v, lo, hi) = min(hi, max(lo, v))}. */
    CLAMP(
            3,
            arguments -> Constants.call(
                    Rule.MIN,
                    List.of(arguments.get(2), Constants.call(Rule.MAX, List.of(arguments.get(1), arguments.get(0))))));

    private static final Map<String, NamedFunction> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(NamedFunction::text, function -> function));

    private final int arguments;
    private final Function<List<Expression>, Expression> call;

    NamedFunction(Rule rule) {
        this(rule, 1);
    }

    NamedFunction(Rule rule, int arguments) {
        this(arguments, list -> Constants.call(rule, list));
    }

    NamedFunction(int arguments, Function<List<Expression>, Expression> call) {
        this.arguments = arguments;
        this.call = call;
    }

    /** The function of a name, or null. */
    static NamedFunction of(String name) {
        return BY_NAME.get(name);
    }

    /** All names, as a message lists them. */
    static String list() {
        return Arrays.stream(values()).map(NamedFunction::text).collect(Collectors.joining(", "));
    }

    /** Its name. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many arguments it has. */
    int arguments() {
        return arguments;
    }

    /** A call, or its value where the arguments are numbers. */
    Expression of(List<Expression> values) {
        return call.apply(values);
    }
}
