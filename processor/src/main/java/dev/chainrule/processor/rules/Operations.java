package dev.chainrule.processor.rules;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the arithmetic of sections, from their equations: a section of loops costs as little to count as one line. */
public final class Operations {
    private static final String MULTIPLY_ADDS = "fused multiply-adds";
    private static final String MULTIPLICATIONS = "multiplications";
    private static final String DIVISIONS = "divisions";
    private static final String ADDITIONS = "additions";
    private static final String COMPARISONS = "comparisons";
    private static final List<String> KINDS =
            List.of(MULTIPLY_ADDS, MULTIPLICATIONS, DIVISIONS, ADDITIONS, COMPARISONS);

    private final Map<String, Long> arithmetic = new TreeMap<>();
    private final Map<String, Long> calls = new TreeMap<>();

    private Operations() {}

    /** In words: {@code 12 fused multiply-adds, 6 multiplications and 6 calls of sigmoid}; subtractions are additions. */
    public static String count(List<Section> sections) {
        return of(sections).inWords();
    }

    /** How often each kind of operation, or function, occurs, by its name. */
    public static Map<String, Long> kinds(List<Section> sections) {
        Operations operations = of(sections);
        Map<String, Long> kinds = new LinkedHashMap<>();
        for (String kind : KINDS) {
            kinds.put(kind, operations.arithmetic.getOrDefault(kind, 0L));
        }
        kinds.remove(COMPARISONS, 0L);
        operations.calls.forEach((function, count) -> kinds.put("calls of " + function, count));
        return kinds;
    }

    private static Operations of(List<Section> sections) {
        Operations operations = new Operations();
        for (Section section : sections) {
            for (Block block : section.blocks()) {
                long times = 1;
                for (Index.Variable variable : block.over()) {
                    times *= variable.size();
                }
                for (Equation equation : block.equations()) {
                    if (equation.left().quantity() == Quantity.ERROR_BY_WEIGHT
                            && equation.right() instanceof Expression.Product) {
                        operations.add(MULTIPLY_ADDS, times);
                        continue;
                    }
                    operations.count(equation.right(), times);
                    if (equation.left().quantity().isGradient()) {
                        operations.add(ADDITIONS, times);
                    }
                }
            }
        }
        return operations;
    }

    private void count(Expression expression, long times) {
        if (expression instanceof Expression.WeightedSum sum) {
            boolean startsWithProduct = sum.start().equals(Expression.NOTHING);
            long products = times * sum.over().size();
            long first = times * (startsWithProduct ? sum.parts() : sum.parts() - 1);
            add(MULTIPLY_ADDS, products - first);
            add(MULTIPLICATIONS, first);
            add(ADDITIONS, times * (sum.parts() - 1));
            return;
        } else if (expression instanceof Expression.SumOver sum) {
            add(ADDITIONS, times * (sum.over().size() - 1));
            count(sum.term(), times * sum.over().size());
            return;
        } else if (expression instanceof Expression.MaximumOver maximum) {
            calls.merge(Rule.MAX.text(), times * (maximum.over().size() - 1), Long::sum);
            return;
        }
        List<Expression> operands = expression.operands();
        operands.forEach(operand -> count(operand, times));
        if (expression instanceof Expression.Product || expression instanceof Expression.Chain) {
            add(MULTIPLICATIONS, times * (operands.size() - 1));
        } else if (expression instanceof Expression.Quotient) {
            add(DIVISIONS, times);
        } else if (expression instanceof Expression.Sum || expression instanceof Expression.Difference) {
            add(ADDITIONS, times * (operands.size() - 1));
        } else if (expression instanceof Expression.Choice) {
            add(COMPARISONS, times);
        } else if (expression instanceof Expression.Call call) {
            calls.merge(call.function().text(), times, Long::sum);
        }
    }

    private void add(String kind, long times) {
        arithmetic.merge(kind, times, Long::sum);
    }

    private String inWords() {
        List<String> words = new ArrayList<>();
        for (String kind : KINDS) {
            long count = arithmetic.getOrDefault(kind, 0L);
            if (count > 0) {
                words.add(count + " " + (count == 1 ? kind.substring(0, kind.length() - 1) : kind));
            }
        }
        calls.forEach((function, count) -> {
            if (count > 0) {
                words.add(count + (count == 1 ? " call of " : " calls of ") + function);
            }
        });
        if (words.isEmpty()) {
            return "no arithmetic";
        }
        int last = words.size() - 1;
        return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
