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
        List<Routine> routines = Stream.concat(program.operations().values().stream(), program.steps().stream())
                .toList();
        Set<String> functions = calledBy(
                routines.stream().flatMap(routine -> routine.body().stream()).toList(), numbers);
        if (routines.stream().anyMatch(JavaMethodRenderer::writesEntries)) {
            functions.add("java.lang.Math.max");
            functions.add("java.lang.Math.min");
        }
        return functions;
    }

    /** Those that some statements call in their own class, where vectors have methods instead. */
    public static Set<String> calledBy(List<Statement> statements, JavaNumbers numbers) {
        Set<String> functions = new TreeSet<>();
        statements(statements, numbers, functions);
        return functions;
    }

    private static void statements(List<Statement> statements, JavaNumbers numbers, Set<String> functions) {
        for (Statement statement : statements) {
            if (statement instanceof Statement.LoopNest
                    || statement instanceof Statement.Lanes lanes && lanes.hasRoom()) {
                continue;
            }
            Effects effects = statement.effects();
            effects.reads().forEach(value -> expression(value, numbers, functions));
            effects.bodies().forEach(body -> statements(body, numbers, functions));
            if (statement instanceof Statement.AddProductTo) {
                functions.add("java.lang.Math.fma");
            } else if (statement instanceof Statement.Copy) {
                functions.add("java.lang.System.arraycopy");
            } else if (statement instanceof Statement.KernelRows kernel) {
                functions.add(numbers.kernels() + "." + kernel.name());
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
