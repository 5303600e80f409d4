package dev.chainrule.processor.java;

import dev.chainrule.processor.code.Effects;
import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.code.Routine;
import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.equations.Expression;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The static methods that generated code calls, for its imports. */
public final class JavaFunctions {
    private JavaFunctions() {}

    /** Their fully qualified names: {@code dev.chainrule.runtime.Kernels.sigmoid}. */
    public static Set<String> calledBy(Program program, JavaNumbers numbers) {
        Set<String> functions = new TreeSet<>();
        Stream.concat(program.operations().values().stream(), program.steps().stream())
                .map(Routine::body)
                .forEach(body -> statements(body, numbers, functions));
        return functions;
    }

    private static void statements(List<Statement> statements, JavaNumbers numbers, Set<String> functions) {
        for (Statement statement : statements) {
            Effects effects = statement.effects();
            effects.reads().forEach(value -> expression(value, numbers, functions));
            effects.bodies().forEach(body -> statements(body, numbers, functions));
            if (statement instanceof Statement.AddProductTo) {
                functions.add("java.lang.Math.fma");
            } else if (statement instanceof Statement.Copy) {
                functions.add("java.lang.System.arraycopy");
            }
        }
    }

    private static void expression(Expression expression, JavaNumbers numbers, Set<String> functions) {
        if (expression instanceof Expression.Call call) {
            functions.add(JavaRenderer.method(call.function(), numbers));
        } else if (expression instanceof Expression.MultiplyAdd) {
            functions.add("java.lang.Math.fma");
        }
        expression.operands().forEach(operand -> expression(operand, numbers, functions));
    }
}
