package dev.chainrule.samples.documents.fashion;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Saved weights as a class of its own, compiled as an application's build would: a declaration that names the file, javac, and the
 * processor.
 *
 * @param file the class file, all that an application needs
 */
public record FrozenClass(Path file) {
    private static final String NAME = "ClothesFrozen";

    /** The shape is that of {@link Fashion}; the loss is of no use any more. */
    private static final String DECLARATION = """
            import dev.chainrule.annotations.Activation;
            import dev.chainrule.annotations.Layer;
            import dev.chainrule.annotations.Network;

            @Network(
                    inputs = 784,
                    layers = {
                        @Layer(units = 128, activation = Activation.RELU),
                        @Layer(units = 10, activation = Activation.SOFTMAX)
                    },
                    weights = "%s",
                    standalone = true)
            public final class Clothes {}
            """;

    private static final Pattern PLAIN_NAME = Pattern.compile("[\\w.-]+\\.safetensors");

    /**
     * Compiles the class.
     *
     * @param weights a file in the safetensors format
     * @param folder where the class is to go
     * @throws IOException if it cannot be compiled, with what the compiler says
     */
    public static FrozenClass of(Path weights, Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IOException("freezing compiles a class, and this Java has no compiler; run it with a JDK");
        }
        Path file = weights.toAbsolutePath();
        Matcher name = PLAIN_NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new IOException(
                    weights + " is no name of letters, digits, dots and dashes that ends in .safetensors");
        }
        Files.createDirectories(folder);
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Clothes.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return DECLARATION.formatted(name.group());
                    }
                };
        String classPath = System.getProperty("java.class.path");
        List<String> options = List.of(
                "--release",
                "17",
                "-d",
                folder.toString(),
                "-classpath",
                classPath,
                "-processorpath",
                classPath,
                "-processor",
                "dev.chainrule.processor.NetworkProcessor",
                "-Achainrule.resources=" + file.getParent());
        StringWriter messages = new StringWriter();
        if (!compiler.getTask(messages, null, null, options, null, List.of(source))
                .call()) {
            throw new IOException("the weights cannot be made a class:\n" + messages);
        }
        return new FrozenClass(folder.resolve(NAME + ".class"));
    }

    /** Runs the class, which this JVM loads for it, on the pixels of a picture, and returns the probabilities of the kinds. */
    public double[] probabilities(double[] input) throws IOException {
        double[] output = new double[Pictures.KINDS.size()];
        URL folder = file.toAbsolutePath().getParent().toUri().toURL();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder}, null)) {
            MethodHandle forward = MethodHandles.publicLookup()
                    .findStatic(
                            loader.loadClass(NAME),
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
