package dev.chainrule.processor.code;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.Network;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The bytes of bytecode that javac makes of written-out statements, by the instruction lengths of the JVM specification
 * (chapter 6). Never less than the truth, and little more; loops and calls of other methods do not occur.
 */
public final class BytecodeSize {
    /** {@code this}, two arrays with their offsets, the gradient, and the parameters' local variable. */
    private static final int FIRST_SLOT = 7;

    /** Checking the lengths of three arrays, loading the parameters into a local variable, and returning. */
    private static final int FRAME_BYTES = 3 * 10 + 8;

    private static final int INVOKE_STATIC = 3;
    private static final int FIELD_OF_THIS = 4;

    /** {@code final double[] a1 = scratch[2];}. */
    private static final int SCRATCH_BYTES = 7;

    private static final int LOAD_CONSTANT = 3;

    /** {@code dcmpl, ifle}. */
    private static final int COMPARE_AND_JUMP = 4;

    /** {@code goto, i2d}: a choice of whole numbers is an int. */
    private static final int JUMP_AND_CONVERT = 4;

    private final Storage storage;
    private final boolean allWide;
    private final Map<Symbol, Integer> slots = new HashMap<>();
    private final Set<String> scratch = new HashSet<>();
    private int nextSlot = FIRST_SLOT;

    private int bytes = FRAME_BYTES;

    private BytecodeSize(Storage storage, boolean allWide) {
        this.storage = storage;
        this.allWide = allWide;
    }

    /** The bytes of a method that is written out; none for one of loops or calls. */
    public static OptionalInt of(Routine routine, Network network) {
        return routine.body().stream().allMatch(BytecodeSize::isWrittenOut)
                ? OptionalInt.of(of(routine.body(), Storage.of(network, routine.access())))
                : OptionalInt.empty();
    }

    private static boolean isWrittenOut(Statement statement) {
        return statement.effects().bodies().isEmpty()
                && !(statement instanceof Statement.VectorCall
                        || statement instanceof Statement.KernelRows
                        || statement instanceof Statement.Copy
                        || statement instanceof Statement.Comment
                        || statement instanceof Statement.Invoke);
    }

    /** The bytes of a method. */
    public static int of(List<Statement> body, Storage storage) {
        BytecodeSize size = new BytecodeSize(storage, false);
        body.forEach(size::add);
        return size.bytes;
    }

    /** An empty method, to be added to in any order: every local variable is taken to stand where its access is longest. */
    public static BytecodeSize bound(Storage storage) {
        return new BytecodeSize(storage, true);
    }

    public void add(Statement statement) {
        bytes += of(statement);
    }

    /** The bytes of what was added. */
    public int bytes() {
        return bytes;
    }

    private int of(Statement statement) {
        if (statement instanceof Statement.Heading) {
            return 0;
        } else if (statement instanceof Statement.Load load) {
            return storage.isLiteral(load.symbol()) ? 0 : access(storage.place(load.symbol())) + define(load.symbol());
        } else if (statement instanceof Statement.Define define) {
            return of(define.right()) + define(define.symbol());
        } else if (statement instanceof Statement.Assign assign) {
            return of(assign.right()) + local(assign.symbol());
        } else if (statement instanceof Statement.Add add) {
            return 2 * local(add.symbol()) + of(add.right()) + 1;
        } else if (statement instanceof Statement.Store store) {
            return access(storage.place(store.symbol())) + of(store.right());
        } else if (statement instanceof Statement.AddTo addTo) {
            // dup2, daload and dadd besides the store
            return access(storage.gradient(addTo.symbol())) + 3 + of(addTo.right());
        } else if (statement instanceof Statement.AddProductTo addTo) {
            return 2 * access(storage.gradient(addTo.symbol())) + of(addTo.left()) + of(addTo.right()) + INVOKE_STATIC;
        } else if (statement instanceof Statement.Return result) {
            return local(result.symbol()) + 1;
        }
        throw new IllegalArgumentException("Not a written-out statement: " + statement);
    }

    private int define(Symbol symbol) {
        slots.put(symbol, nextSlot);
        nextSlot += 2;
        return local(symbol);
    }

    /** dload or dstore: with its slot in one byte, or wide. */
    private int local(Symbol symbol) {
        return allWide || slots.get(symbol) > 255 ? 4 : 2;
    }

    /** Reading a place, or writing to it. */
    private int access(Place place) {
        return place instanceof Place.Element element ? address(element) + 1 : FIELD_OF_THIS;
    }

    /** The array and the index on the stack. */
    private int address(Place.Element element) {
        int array = element.isScratch() && !storage.handsOutScratch() ? FIELD_OF_THIS : 2;
        if (element.isScratch() && storage.handsOutScratch() && scratch.add(element.array())) {
            bytes += SCRATCH_BYTES;
        }
        int base = element.base().isEmpty() ? 0 : element.constant() == 0 ? 1 : 3;
        return array + base + push(element.constant());
    }

    private static int push(int value) {
        return value <= 5 ? 1 : value <= Byte.MAX_VALUE ? 2 : LOAD_CONSTANT;
    }

    private int of(Expression expression) {
        if (expression instanceof Symbol symbol) {
            return storage.isLiteral(symbol)
                    ? LOAD_CONSTANT
                    : slots.containsKey(symbol) ? local(symbol) : access(storage.place(symbol));
        } else if (expression instanceof Expression.Constant constant) {
            return constant.value() == 1 || Double.compare(constant.value(), 0) == 0 ? 1 : LOAD_CONSTANT;
        }
        List<Expression> operands = expression.operands();
        int bytes = 0;
        for (Expression operand : operands) {
            bytes += of(operand);
        }
        if (expression instanceof Expression.Call || expression instanceof Expression.MultiplyAdd) {
            return bytes + INVOKE_STATIC;
        } else if (expression instanceof Expression.Negative) {
            return bytes + 1;
        } else if (expression instanceof Expression.Condition) {
            return bytes + COMPARE_AND_JUMP;
        } else if (expression instanceof Expression.Choice) {
            return bytes + JUMP_AND_CONVERT;
        }
        return bytes + operands.size() - 1;
    }
}
