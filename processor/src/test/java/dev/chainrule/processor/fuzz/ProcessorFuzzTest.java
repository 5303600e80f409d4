package dev.chainrule.processor.fuzz;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import dev.chainrule.processor.LocalTypeProcessor;
import dev.chainrule.processor.NetworkProcessor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is declared, it ends in classes that compile, or in errors of a code each: never in an exception, in an
 * error in what is generated, or in silence. {@code -Dfuzz.seed=123} tries the case of one seed again.
 */
class ProcessorFuzzTest {
    private static final int CASES = 350;
    private static final int MORE_CASES = 500;
    private static final int MANY_CASES = 50_000;

    /** One line that is all printable, or a table of tensors. */
    private static final Pattern CODED = Pattern.compile(
            "\\[(?!ProcessorFailed|OutOfMemory)[A-Z]\\w+] [^\\p{Cntrl}\\p{Cf}]+(\n [^\\p{Cntrl}\\p{Cf}]+)*");

    /** What javac has to say of modules that are not in every JDK, and of classes that are asked to be named java or class. */
    private static final Set<String> OF_JAVAC =
            Set.of("compiler.warn.incubating.modules", "compiler.warn.proc.suspicious.class.name");

    @TempDir
    Path directory;

    @Test
    void classesOrCodedErrors() {
        Long seed = Long.getLong("fuzz.seed");
        run(seed == null ? LongStream.range(0, CASES) : LongStream.of(seed));
    }

    @Test
    @Tag("slow")
    void classesOrCodedErrorsOfMore() {
        run(LongStream.range(CASES, MORE_CASES));
    }

    @Test
    @Tag("long")
    void classesOrCodedErrorsOfMany() {
        run(LongStream.range(MORE_CASES, MORE_CASES + MANY_CASES));
    }

    private void run(LongStream seeds) {
        List<String> failures = seeds.parallel()
                .mapToObj(this::failure)
                .filter(failure -> !failure.isEmpty())
                .limit(10)
                .toList();
        if (!failures.isEmpty()) {
            throw new AssertionError(String.join("\n\n", failures));
        }
    }

    /** What is wrong with what comes of a seed; empty where nothing is. */
    private String failure(long seed) {
        try {
            Path folder = Files.createDirectory(directory.resolve("seed" + seed));
            FuzzCase fuzzCase = FuzzCase.of(seed, folder);
            String problem;
            try {
                problem = problem(fuzzCase, compile(fuzzCase));
            } catch (RuntimeException | Error e) {
                problem = "throws " + e + " caused by " + e.getCause();
            }
            return problem.isEmpty() ? "" : fuzzCase + "\n" + problem;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Compilation compile(FuzzCase fuzzCase) {
        return Compiler.javac()
                .withProcessors(new LocalTypeProcessor(), new NetworkProcessor())
                .withOptions(fuzzCase.options())
                .compile(fuzzCase.files());
    }

    private static String problem(FuzzCase fuzzCase, Compilation compilation) {
        List<String> unexpected = compilation.diagnostics().stream()
                .filter(diagnostic -> !isExpected(diagnostic))
                .map(diagnostic -> diagnostic.getCode() + ": " + diagnostic)
                .toList();
        if (!unexpected.isEmpty()) {
            return "the compiler says: " + String.join("\n", unexpected);
        }
        if (compilation.errors().isEmpty()) {
            List<String> missing = fuzzCase.classes().stream()
                    .filter(name -> compilation
                            .generatedFile(StandardLocation.CLASS_OUTPUT, name.replace('.', '/') + ".class")
                            .isEmpty())
                    .toList();
            return missing.isEmpty() ? "" : "neither an error nor the classes " + missing;
        }
        return "";
    }

    private static boolean isExpected(Diagnostic<? extends JavaFileObject> diagnostic) {
        return OF_JAVAC.contains(diagnostic.getCode())
                || CODED.matcher(diagnostic.getMessage(Locale.ROOT)).matches();
    }
}
