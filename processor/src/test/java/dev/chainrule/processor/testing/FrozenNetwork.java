package dev.chainrule.processor.testing;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A generated frozen class, which is as visible as its declaration: to its own package. */
public final class FrozenNetwork {
    private final Class<?> type;
    private final MethodHandle forward;
    private final MethodHandle forwardOfRange;
    private final Optional<MethodHandle> predict;

    public FrozenNetwork(Class<?> type) {
        this.type = type;
        this.forward =
                method("forward", method -> method.getParameterCount() == 2).orElseThrow();
        this.forwardOfRange =
                method("forward", method -> method.getParameterCount() == 4).orElseThrow();
        this.predict = method("predict", method -> true);
    }

    private Optional<MethodHandle> method(String name, Predicate<Method> which) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .filter(which)
                .findFirst()
                .map(FrozenNetwork::handle);
    }

    /** Calls another of its methods. */
    public void call(String name, Object... arguments) {
        try {
            method(name, method -> true).orElseThrow().invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static MethodHandle handle(Method method) {
        try {
            method.setAccessible(true);
            return MethodHandles.lookup().unreflect(method);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** A public constant of the class. */
    public int constant(String name) {
        try {
            var field = type.getField(name);
            field.setAccessible(true);
            return field.getInt(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** The array that holds all parameters. */
    public Object parameters() {
        try {
            var field = type.getDeclaredField("PARAMETERS");
            field.setAccessible(true);
            return field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    public void forward(double[] input, double[] output) {
        try {
            forward.invokeExact(input, output);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    public void forward(double[] inputs, int fromRecord, int toRecord, double[] outputs) {
        try {
            forwardOfRange.invokeExact(inputs, fromRecord, toRecord, outputs);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Where it is in float. */
    public void forward(float[] inputs, int fromRecord, int toRecord, float[] outputs) {
        try {
            forwardOfRange.invokeExact(inputs, fromRecord, toRecord, outputs);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Whether it takes arrays of float. */
    public boolean isInFloat() {
        return forward.type().parameterType(0) == float[].class;
    }

    /** Where it is in float. */
    public void forward(float[] input, float[] output) {
        try {
            forward.invokeExact(input, output);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Whether it has {@code predict}. */
    public boolean canPredict() {
        return predict.isPresent();
    }

    /** The method that takes as many doubles as there are inputs. */
    public MethodHandle predict() {
        return predict.orElseThrow();
    }

    /** What {@code predict} returns. */
    public double predict(double... input) {
        try {
            return (double) predict().asSpreader(double[].class, input.length).invokeExact(input);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** What {@code predict} returns, where it is in float. */
    public float predict(float... input) {
        try {
            return (float) predict().asSpreader(float[].class, input.length).invokeExact(input);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
