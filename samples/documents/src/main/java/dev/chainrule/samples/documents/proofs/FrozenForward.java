package dev.chainrule.samples.documents.proofs;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The {@code forward} of a frozen class in a folder, on numbers kept as doubles. */
final class FrozenForward implements UnaryOperator<double[]>, AutoCloseable {
    private final URLClassLoader loader;
    private final Method forward;
    private final int outputs;
    private final boolean isFloat;

    /**
     * Loads a class.
     *
     * @throws IOException if it is not there, or is no frozen class
     */
    FrozenForward(Path classes, String name, boolean isFloat) throws IOException {
        this.isFloat = isFloat;
        URL[] folder = {classes.toUri().toURL()};
        loader = new URLClassLoader(folder, FrozenForward.class.getClassLoader());
        try {
            Class<?> array = isFloat ? float[].class : double[].class;
            Class<?> type = loader.loadClass(name);
            forward = type.getDeclaredMethod("forward", array, array);
            forward.setAccessible(true);
            var field = type.getDeclaredField("OUTPUTS");
            field.setAccessible(true);
            outputs = field.getInt(null);
        } catch (ReflectiveOperationException | LinkageError e) {
            loader.close();
            throw new IOException(classes + " has no frozen class " + name + ": " + e, e);
        }
    }

    @Override
    public double[] apply(double[] input) {
        try {
            double[] output = new double[outputs];
            if (isFloat) {
                float[] floats = new float[input.length];
                for (int i = 0; i < input.length; i++) {
                    floats[i] = (float) input[i];
                }
                float[] result = new float[outputs];
                forward.invoke(null, floats, result);
                for (int i = 0; i < outputs; i++) {
                    output[i] = result[i];
                }
            } else {
                forward.invoke(null, input, output);
            }
            return output;
        } catch (IllegalAccessException e) {
            throw new AssertionError("it was made accessible", e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("the class fails: " + e.getCause(), e);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
