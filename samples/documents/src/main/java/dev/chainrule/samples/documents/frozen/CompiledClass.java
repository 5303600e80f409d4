package dev.chainrule.samples.documents.frozen;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;

/**
 * Saved weights as a class of its own, compiled as an application's build would: a declaration that names the file, javac, and the
 * processor.
 *
 * @param file the class file, all that an application needs where the declaration is standalone
 * @param outputs how many outputs it has
 */
public record CompiledClass(Path file, int outputs) {
    private static final Pattern PLAIN_NAME = Pattern.compile("[\\w.-]+\\.safetensors");

    /**
     * Compiles the class.
     *
     * @param name that of the declared class, in the unnamed package
     * @param declaration its source, with {@code %s} in the place of the file's name
     * @param outputs how many outputs it has
     * @param weights a file in the safetensors format
     * @param folder where the class is to go
     * @throws IOException if it cannot be compiled, with what the compiler says
     */
    public static CompiledClass of(String name, String declaration, int outputs, Path weights, Path folder)
            throws IOException {
        Path file = weights.toAbsolutePath();
        Matcher plain = PLAIN_NAME.matcher(file.getFileName().toString());
        if (!plain.matches()) {
            throw new IOException(
                    weights + " is no name of letters, digits, dots and dashes that ends in .safetensors");
        }
        List<String> errors = Build.run(name, declaration.formatted(plain.group()), folder, file.getParent()).stream()
                .filter(message -> message.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
        if (!errors.isEmpty()) {
            throw new IOException("the weights cannot be made a class:\n" + String.join("\n", errors));
        }
        return new CompiledClass(folder.resolve(name + "Frozen.class"), outputs);
    }

    /** Runs the class, which this JVM loads for it, and returns the outputs. */
    public double[] forward(double[] input) throws IOException {
        double[] output = new double[outputs];
        String name = file.getFileName().toString().replace(".class", "");
        URL folder = file.toAbsolutePath().getParent().toUri().toURL();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder}, null)) {
            MethodHandle forward = MethodHandles.publicLookup()
                    .findStatic(
                            loader.loadClass(name),
                            "forward",
                            MethodType.methodType(void.class, double[].class, double[].class));
            forward.invokeExact(input, output);
        } catch (ReflectiveOperationException e) {
            throw new IOException(file + " is not the class that was made there: " + e, e);
        } catch (RuntimeException | Error | IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("forward declares no exception", e);
        }
        return output;
    }
}
