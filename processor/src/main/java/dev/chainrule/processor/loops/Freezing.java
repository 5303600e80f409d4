package dev.chainrule.processor.loops;

import dev.chainrule.processor.code.Argument;
import dev.chainrule.processor.code.Routine;
import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** From methods of the forward pass of a live network to those of a frozen one whose numbers are in its code. */
public final class Freezing {
    private Freezing() {}

    /** The same method, with parameters as literals: none is loaded. */
    public static Routine withLiterals(Routine routine) {
        return changed(routine, routine.name(), routine.arguments(), without(Freezing::isNumber, routine.body()));
    }

    /** The method that takes the inputs as arguments and returns the only output. */
    public static Routine predicting(Routine forward) {
        List<Statement> body = new ArrayList<>();
        for (Statement statement :
                without(quantity -> isNumber(quantity) || quantity == Quantity.INPUT, forward.body())) {
            body.add(
                    statement instanceof Statement.Store store && store.symbol().quantity() == Quantity.OUTPUT
                            ? new Statement.Return((Symbol) store.right())
                            : statement);
        }
        return changed(forward, "predict", EnumSet.noneOf(Argument.class), body);
    }

    /** Whether it is a number of the network, which does not change. */
    private static boolean isNumber(Quantity quantity) {
        return quantity.isParameter() || quantity.isConstant();
    }

    private static List<Statement> without(Predicate<Quantity> loaded, List<Statement> body) {
        return body.stream()
                .filter(statement -> !(statement instanceof Statement.Load load
                        && loaded.test(load.symbol().quantity())))
                .toList();
    }

    private static Routine changed(Routine forward, String name, Set<Argument> arguments, List<Statement> body) {
        return new Routine(
                name, forward.sections(), forward.access(), arguments, forward.scratch(), false, false, body);
    }
}
