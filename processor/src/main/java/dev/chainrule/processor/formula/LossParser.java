package dev.chainrule.processor.formula;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.Letter;
import dev.chainrule.processor.network.LossFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the formula of a loss: an expression of sums over the outputs, each of which is one in y and t. */
final class LossParser extends Parser {
    private static final String Y = "y";
    private static final String T = "t";
    private static final String SUM = "sum";
    private static final String MEAN = "mean";

    private final List<LossFunction.Sum> sums = new ArrayList<>();

    /** Whether what is read stands within a sum. */
    private boolean isWithin;

    LossParser(String text) {
        super(text);
    }

    LossFunction.Formula formula() {
        Expression value = number(peek().column(), expression());
        if (peek().kind() != Token.Kind.END) {
            throw unexpected("an operator or the end");
        }
        boolean dependsOnOutputs = letters(value)
                .flatMap(sum -> letters(sums.get(Integer.parseInt(sum)).term()))
                .anyMatch(Y::equals);
        if (!dependsOnOutputs) {
            throw new FormulaException(
                    0, "A loss depends on the outputs; write what makes it small, as in mean((y - t)^2).");
        }
        LossFunction.Formula formula = new LossFunction.Formula(text(), value, sums);
        Size.check(formula);
        return formula;
    }

    private static Stream<String> letters(Expression value) {
        return value instanceof Letter letter
                ? Stream.of(letter.name())
                : value.operands().stream().flatMap(LossParser::letters);
    }

    @Override
    Expression name(Token name) {
        boolean isOfOutput = name.text().equals(Y) || name.text().equals(T);
        if (isOfOutput && isWithin) {
            return new Letter(name.text());
        }
        throw new FormulaException(
                name.column(),
                isOfOutput
                        ? name.text()
                                + " is of each output; put it in a sum or a mean over them, as in mean((y - t)^2)."
                        : Mistake.quoted(name.text())
                                + " means nothing in a loss, which is made of numbers and of sum(...) and mean(...) of"
                                + " outputs y and targets t.");
    }

    @Override
    Optional<Expression> special(Token name) {
        boolean isMean = name.text().equals(MEAN);
        if (!isMean && !name.text().equals(SUM)) {
            return Optional.empty();
        }
        if (isWithin) {
            throw new FormulaException(name.column(), "Sums are not nested; multiply or divide what is summed up.");
        }
        Token open = take();
        isWithin = true;
        LossFunction.Sum sum = new LossFunction.Sum(number(peek().column(), expression()), isMean);
        isWithin = false;
        expect(")", "for the \"(\" at column " + (open.column() + 1));
        if (!sums.contains(sum)) {
            sums.add(sum);
        }
        return Optional.of(new Letter(Integer.toString(sums.indexOf(sum))));
    }
}
