package dev.chainrule.samples.documents.proofs;

import dev.chainrule.samples.documents.frozen.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/**
 * The compilation of a class with a property, as a build runs it.
 *
 * @param error what the compiler says, or empty where the property is proved
 * @param seconds all that javac takes
 */
public record Proving(String className, Path generated, Path classes, String error, double seconds) {
    private static final Pattern ASSERTION =
            Pattern.compile("^\\(assert \\((<=|>=) (\\S+) ([^\\s)]+)\\)\\)", Pattern.MULTILINE);
    private static final Pattern BOXES = Pattern.compile("^boxes (\\d+) margin (\\S+)$", Pattern.MULTILINE);
    private static final String NAME = "Proved";

    /**
     * Compiles a model with a property in VNN-LIB, whose set of outputs is unsafe: one of its inequalities has to fail.
     *
     * @param model a file that the processor reads
     * @param folder where the class is to go
     * @throws IOException if a file cannot be read, or there is no compiler
     */
    public static Proving of(Path model, Path property, Path folder) throws IOException {
        List<String> when = new ArrayList<>();
        List<String> then = new ArrayList<>();
        Matcher assertion = ASSERTION.matcher(Files.readString(property));
        while (assertion.find()) {
            String left = assertion.group(2).toLowerCase(Locale.ROOT);
            String right = assertion.group(3).toLowerCase(Locale.ROOT);
            boolean isOfInput = left.startsWith("x");
            String opposite = assertion.group(1).equals("<=") ? ">" : "<";
            (isOfInput ? when : then).add(left + " " + (isOfInput ? assertion.group(1) : opposite) + " " + right);
        }
        String declaration =
                """
                @dev.chainrule.annotations.Network(model = "%s")
                @dev.chainrule.annotations.Ensure(
                        when = "%s",
                        then = "%s")
                public final class %s {}
                """.formatted(model.getFileName(), String.join(" && ", when), String.join(" || ", then), NAME);
        return compiled(NAME, declaration, model.toAbsolutePath().getParent(), folder);
    }

    /**
     * Compiles a declaration with a property.
     *
     * @param name that of the declared class, in the unnamed package
     * @param declaration its source
     * @param resources where the processor finds the files that the declaration names
     * @param folder where the class is to go
     * @throws IOException if there is no compiler, or the folder cannot be made
     */
    public static Proving compiled(String name, String declaration, Path resources, Path folder) throws IOException {
        Path generated = Files.createDirectories(folder.resolve("generated"));
        Path classes = folder.resolve("classes");
        long start = System.nanoTime();
        List<Diagnostic<? extends JavaFileObject>> said =
                Build.run(name, declaration, classes, resources, "-s", generated.toString());
        double seconds = (System.nanoTime() - start) / 1e9;
        String error = said.stream()
                .filter(message -> message.getKind() == Diagnostic.Kind.ERROR)
                .map(message -> message.getMessage(Locale.ROOT))
                .findFirst()
                .orElse("");
        return new Proving(name + "Frozen", generated, classes, error, seconds);
    }

    /** {@code proved}, {@code broken}, or what else the compiler says. */
    public String outcome() {
        return error.isEmpty() ? "proved" : error.startsWith("[PropertyBroken]") ? "broken" : error;
    }

    /** The certificate beside the generated class, where the property is proved. */
    public Path certificate() {
        return generated.resolve(className + ".certificate");
    }

    /** The source of the generated class, where the property is proved. */
    public Path source() {
        return generated.resolve(className + ".java");
    }

    /** How many boxes the proof takes, where the property is proved. */
    public int boxes() throws IOException {
        return Integer.parseInt(proof().group(1));
    }

    /** The tightest margin of the proof, where the property is proved. */
    public double margin() throws IOException {
        return Double.parseDouble(proof().group(2));
    }

    private MatchResult proof() throws IOException {
        Matcher boxes = BOXES.matcher(Files.readString(certificate()));
        if (!boxes.find()) {
            throw new IOException(certificate() + " has no proof");
        }
        return boxes;
    }
}
