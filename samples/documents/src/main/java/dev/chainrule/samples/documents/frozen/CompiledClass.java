package dev.chainrule.samples.documents.frozen;

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
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IOException("freezing compiles a class, and this Java has no compiler; run it with a JDK");
        }
        Path file = weights.toAbsolutePath();
        Matcher plain = PLAIN_NAME.matcher(file.getFileName().toString());
        if (!plain.matches()) {
            throw new IOException(
                    weights + " is no name of letters, digits, dots and dashes that ends in .safetensors");
        }
        Files.createDirectories(folder);
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return declaration.formatted(plain.group());
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
