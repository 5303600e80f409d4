package dev.chainrule.processor.java;

import dev.chainrule.processor.code.Place;
import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.code.Storage;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Function;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.notation.InfixRenderer;
import dev.chainrule.processor.rules.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Expressions as Java. A symbol among the locals is written by its name, any other by its place in memory. */
public class JavaRenderer extends InfixRenderer {
    /** What a continued line is indented by. */
    public static final String CONTINUED = "        ";

    final Storage storage;
    final JavaNumbers numbers;
    final Set<Symbol> locals;
    private final Optional<Statement.Loop> alongRow;

    /**
     * @param locals the symbols that are local variables
     * @param alongRow the loop along a row that the expressions stand in, where they do
     */
    public JavaRenderer(Storage storage, Set<Symbol> locals, Optional<Statement.Loop> alongRow) {
        this.storage = storage;
        this.numbers = JavaNumbers.of(storage.precision());
        this.locals = locals;
        this.alongRow = alongRow;
    }

    /** For statements within another, which may be a loop along a row: what they declare is not known outside. */
    JavaRenderer within(Statement outer) {
        Optional<Statement.Loop> row =
                outer instanceof Statement.Loop loop && loop.row().isPresent() ? Optional.of(loop) : alongRow;
        return new JavaRenderer(storage, new HashSet<>(locals), row);
    }

    /** {@code p[30 * k + j]}, as a value. */
    String read(Place place) {
        return place(place);
    }

    /** {@code double}. */
    String type() {
        return numbers.type().getName();
    }

    /** The static method that a function is. */
    public static String method(Function function, JavaNumbers numbers) {
        String owner = function.isKernel() ? numbers.kernels() : "java.lang.Math";
        return owner + "." + function.text();
    }

    /** {@code kj}: what a loop along row k counts, the position of row k and column j. */
    public static String position(Statement.Loop loop) {
        return loop.row().orElseThrow().text() + loop.variable().name();
    }

    /** {@code p[30 * k + j]}, or {@code p[kj]} in a loop along row k. */
    public String place(Place place) {
        if (place instanceof Place.Field field) {
            return "this." + field.name();
        }
        if (place instanceof Place.Literal literal) {
            return numbers.literal(literal.value());
        } else if (place instanceof Place.Parameter parameter) {
            return parameter.name();
        }
        Place.Element element = (Place.Element) place;
        return element.array() + "[" + index(element) + "]";
    }

    /** {@code 30 * k + j}, or {@code kj}. */
    public String index(Place.Element element) {
        List<String> index = new ArrayList<>();
        boolean isPosition = alongRow.filter(loop -> isPosition(element, loop)).isPresent();
        if (!element.base().isEmpty() && !isPosition) {
            index.add(element.base());
        }
        if (element.constant() != 0 || index.isEmpty() && element.terms().isEmpty()) {
            index.add(Integer.toString(element.constant()));
        }
        if (isPosition) {
            index.add(position(alongRow.get()));
        } else {
            element.terms().forEach(term -> index.add(text(term)));
        }
        return String.join(" + ", index);
    }

    /** Whether a loop along a row counts positions of this matrix, which include its base. */
    static boolean isPosition(Place.Element element, Statement.Loop loop) {
        return element.terms().size() == 2
                && element.terms().get(0).variable().equals(loop.row().orElseThrow())
                && element.terms().get(1).variable().equals(loop.variable());
    }

    private static String text(Place.Term term) {
        String variable = term.variable().name();
        return term.stride() == 1 ? variable : term.stride() + " * " + variable;
    }

    /** An operand, with the operator before it: {@code * a1_0}. */
    public record Operand(String operator, Expression value, Binding least) {}

    /** An operand's text, in parentheses if it needs them. */
    public String render(Operand operand) {
        return operand.operator() + enclosed(operand.value(), operand.least());
    }

    /** Whether an operand needs parentheses. */
    public boolean isEnclosed(Operand operand) {
        return binding(operand.value()).compareTo(operand.least()) < 0;
    }

    /**
     * The operands of the outermost operators of one precedence, where a line that is too long is broken; the
     * expression alone if it has none.
     */
    public List<Operand> operands(Expression expression) {
        List<Operand> operands = new ArrayList<>();
        if (isCast(expression)) {
            operands.add(new Operand("", expression, Binding.CHOICE));
        } else if (expression instanceof Expression.Product product) {
            operands.addAll(first(product.operands().get(0), Binding.PRODUCT));
            product.operands().stream()
                    .skip(1)
                    .forEach(factor -> operands.add(new Operand("* ", factor, Binding.SIGN)));
        } else if (expression instanceof Expression.Quotient quotient) {
            operands.addAll(first(quotient.left(), Binding.PRODUCT));
            operands.add(new Operand("/ ", quotient.right(), Binding.SIGN));
        } else if (expression instanceof Expression.Difference difference) {
            operands.addAll(first(difference.left(), Binding.SUM));
            operands.add(new Operand("- ", difference.right(), Binding.PRODUCT));
        } else if (expression instanceof Expression.Condition condition) {
            operands.addAll(first(condition.left(), Binding.SUM));
            operands.add(new Operand(condition.comparison().text() + " ", condition.right(), Binding.SUM));
        } else if (expression instanceof Expression.Choice choice) {
            operands.add(new Operand("", choice.condition(), Binding.CONDITION));
            operands.add(new Operand("? ", choice.then(), Binding.CONDITION));
            operands.add(new Operand(": ", choice.otherwise(), Binding.CHOICE));
        } else if (expression instanceof Expression.Sum sum) {
            operands.addAll(first(sum.operands().get(0), Binding.SUM));
            for (Expression term : sum.operands().subList(1, sum.operands().size())) {
                Optional<Expression> takenOff = takenOff(term);
                String operator = takenOff.isPresent() ? "- " : "+ ";
                operands.add(new Operand(operator, takenOff.orElse(term), Binding.PRODUCT));
            }
        } else {
            operands.add(new Operand("", expression, Binding.CHOICE));
        }
        return operands;
    }

    private List<Operand> first(Expression first, Binding binding) {
        return binding(first) == binding ? operands(first) : List.of(new Operand("", first, binding));
    }

    @Override
    protected String constant(double value) {
        String text = super.constant(value);
        return text.contains(".") ? numbers.literal(value) : text;
    }

    @Override
    protected String product(Expression.Product product) {
        return cast(product) + super.product(product);
    }

    @Override
    protected String quotient(Expression.Quotient quotient) {
        return cast(quotient) + super.quotient(quotient);
    }

    /** {@code (double) }, before what Java would compute in ints: {@code (z > 0 ? 1 : 2) / 3}. */
    String cast(Expression expression) {
        return isCast(expression) ? "(" + numbers.type() + ") " : "";
    }

    private boolean isCast(Expression expression) {
        boolean isOfFactors = expression instanceof Expression.Product
                || expression instanceof Expression.Quotient
                || expression instanceof Expression.Chain;
        return isOfFactors
                && expression.operands().size() > 1
                && expression.operands().stream().allMatch(this::isInt);
    }

    private boolean isInt(Expression expression) {
        if (expression instanceof Expression.Constant constant) {
            return !constant(constant.value()).contains(".");
        } else if (expression instanceof Expression.Choice choice) {
            return isInt(choice.then()) && isInt(choice.otherwise());
        }
        boolean isOfNumbers = expression instanceof Expression.Sum
                || expression instanceof Expression.Difference
                || expression instanceof Expression.Negative
                || expression instanceof Expression.Call call
                        && !call.function().isKernel();
        return isOfNumbers && expression.operands().stream().allMatch(this::isInt);
    }

    /** An exponent is an int. */
    @Override
    protected String call(Expression.Call call) {
        return call.function() == Rule.POWER
                ? "power(" + render(call.operands().get(0)) + ", " + exponent(call) + ")"
                : super.call(call);
    }

    private static int exponent(Expression.Call power) {
        return (int) ((Expression.Constant) power.operands().get(1)).value();
    }

    @Override
    protected String symbol(Symbol symbol) {
        return locals.contains(symbol) ? symbol.name() : read(storage.place(symbol));
    }

    @Override
    protected String other(Expression expression) {
        if (expression instanceof Expression.MultiplyAdd sum) {
            return "fma(" + render(sum.left()) + ", " + render(sum.right()) + ", " + render(sum.addend()) + ")";
        } else if (expression instanceof Expression.Same same) {
            return "(" + same.left().value() + " == " + same.right().value() + " ? 1 : 0)";
        } else if (expression instanceof Expression.Chain chain) {
            return cast(chain)
                    + chain.operands().stream()
                            .map(factor -> enclosed(factor, Binding.SIGN))
                            .collect(Collectors.joining(" * "));
        }
        throw new IllegalArgumentException("No Java expression for " + expression);
    }
}
