package dev.chainrule.processor.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.rules.Rule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What each kind of statement does to values. */
class EffectsTest {
    private static final Index.Variable J = new Index.Variable("j", 3);
    private static final Symbol BIAS = Symbol.of(Quantity.BIAS, 1, J);
    private static final Symbol Z = Symbol.preActivation(1, J);
    private static final Symbol LOW = new Symbol(Quantity.LOW, 0, "", List.of(J));
    private static final Symbol A = Symbol.activation(1, J);
    private static final Symbol BY_BIAS = Symbol.of(Quantity.ERROR_BY_BIAS, 1, J);
    private static final Statement STORE = new Statement.Store(A, Z);

    private static final List<Statement> STATEMENTS = List.of(
            new Statement.Heading(new Section("forward1", "Layer 1", 1, List.of())),
            new Statement.Comment("Why"),
            new Statement.Load(BIAS, false),
            new Statement.Define(Z, BIAS, true),
            new Statement.Assign(Z, BIAS),
            new Statement.Add(Z, BIAS),
            STORE,
            new Statement.AddTo(BY_BIAS, Z),
            new Statement.AddProductTo(BY_BIAS, Z, A),
            new Statement.LoadGradient(BY_BIAS),
            new Statement.StoreGradient(BY_BIAS),
            Statement.Loop.over(J, List.of(STORE)),
            new Statement.Copy(BY_BIAS, A, J, "3"),
            new Statement.Either(List.of(new Statement.Comment("Vectors")), List.of(STORE)),
            new Statement.LoopNest(new Equation(A, Z), false, Statement.Units.of(J, 4, List.of(STORE))),
            new Statement.Kernel(Rule.TANH, Z, A, J, "3"),
            new Statement.KernelRows(Rule.TANH, Z, A, LOW, 1, 3, "3"),
            new Statement.VectorKernelRows(new Statement.KernelRows(Rule.TANH, Z, A, LOW, 1, 3, "3")),
            new Statement.Rows(A, new Expression.WeightedSum(Expression.NOTHING, J, Z, BIAS, 8), 3, LOW),
            Statement.Units.of(J, 4, List.of(STORE)),
            new Statement.Lanes(J, "3", 1, false, List.of(STORE)),
            new Statement.Invoke(step(true)),
            new Statement.Return(Symbol.error()));

    private static Routine step(boolean returnsError) {
        return new Routine(
                "error", List.of(), RecordAccess.AMONG_OTHERS, Set.of(), Set.of(), false, returnsError, List.of());
    }

    /** A kind that is new belongs into the list above, and what it does into {@link Effects}. */
    @Test
    void everyKindIsKnown() {
        Set<Class<?>> tried = STATEMENTS.stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(tried).isEqualTo(kinds(Statement.class).collect(Collectors.toSet()));
        assertThat(STATEMENTS)
                .allSatisfy(statement -> assertThat(statement.effects()).isNotNull());
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isInterface()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(EffectsTest::kinds)
                : Stream.of(type);
    }

    @Test
    void memoryUse() {
        MemoryUse use = MemoryUse.of(STATEMENTS);
        assertThat(use.places()).containsExactly(BIAS, A, Z, LOW);
        assertThat(use.gradients()).containsExactly(BY_BIAS);
    }

    @Test
    void symbolsThatAreRead() {
        assertThat(new Statement.Add(Z, Expression.product(BIAS, A)).reads()).containsExactly(Z, BIAS, A);
        assertThat(new Statement.Load(BIAS, false).reads()).isEmpty();
        assertThat(Statement.Loop.over(J, List.of(new Statement.Load(BIAS, false), STORE))
                        .reads())
                .containsExactly(Z);
    }

    /** The error is a local variable after a call that returns it, so that returning it takes no place in memory. */
    @Test
    void resultOfACall() {
        Statement returned = new Statement.Return(Symbol.error());
        assertThat(MemoryUse.of(List.of(new Statement.Invoke(step(true)), returned))
                        .places())
                .isEmpty();
        assertThat(MemoryUse.of(List.of(new Statement.Invoke(step(false)), returned))
                        .places())
                .containsExactly(Symbol.error());
    }
}
