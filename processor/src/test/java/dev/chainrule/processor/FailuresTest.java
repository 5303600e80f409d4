package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.declaration.NetworkDeclaration;
import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.loops.Lowering;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.testing.TensorFiles;
import dev.chainrule.processor.testing.TensorFiles.Part;
import dev.chainrule.processor.validation.NetworkValidation;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes wrong in the processor, or in what it asks of the compiler, is said by the compiler: no exception leaves it. */
class FailuresTest {
    private static final String VALUES = "inputs = 2, layers = @Layer(units = 1, activation = Activation.SIGMOID),"
            + " loss = Loss.BINARY_CROSS_ENTROPY, weights = \"w\"";

    private static final JavaFileObject DECLARATION =
            UserCode.source("nets.First", "@Network(" + VALUES + ")\nfinal class First {}");

    /** javac's own word on a file that was asked for and never written. */
    private static final String UNCLOSED = "compiler.warn.proc.unclosed.type.files";

    @TempDir
    private Path folder;

    @BeforeEach
    void save() throws IOException {
        TensorFiles.write(
                folder.resolve("w"), Part.counting("0.weight", "F32", 1, 2), Part.counting("0.bias", "F32", 1));
    }

    /** Throws at one of the calls of the compiler, and counts them. */
    private static final class Failing implements Interposed.Calls {
        private final int at;
        private final Supplier<Throwable> failure;
        private int calls;

        Failing(int at, Supplier<Throwable> failure) {
            this.at = at;
            this.failure = failure;
        }

        @Override
        public Object answer(Method method, Object[] arguments, Callable<Object> real) throws Exception {
            if (calls++ == at) {
                Throwable thrown = failure.get();
                if (thrown instanceof Error error) {
                    throw error;
                }
                boolean isDeclared = thrown instanceof RuntimeException
                        || Arrays.asList(method.getExceptionTypes()).contains(IOException.class);
                throw isDeclared ? (Exception) thrown : new IllegalStateException(thrown);
            }
            return real.call();
        }
    }

    private Compilation compile(Interposed.Calls calls) {
        return UserCode.javac()
                .withProcessors(Interposed.registered(calls))
                .withOptions(
                        "--release",
                        "17",
                        "-Achainrule.latex=true",
                        "-Achainrule.dot=true",
                        "-Achainrule.resources=" + folder)
                .compile(DECLARATION);
    }

    private static final List<Supplier<Throwable>> FAILURES = List.of(
            () -> new IllegalStateException("broken\nerror: forged"),
            () -> new IOException("no space left"),
            StackOverflowError::new,
            () -> new NoClassDefFoundError("com/palantir/javapoet/TypeName"),
            () -> new OutOfMemoryError("Java heap space"));

    static List<Supplier<Throwable>> failures() {
        return FAILURES;
    }

    /** Wherever it fails, there is something coded to read: each failure at one call in three, and others at the others. */
    @ParameterizedTest
    @MethodSource("failures")
    void atEachCallOfTheCompiler(Supplier<Throwable> failure) {
        Failing none = new Failing(-1, failure);
        assertThat(compile(none).diagnostics()).isEmpty();
        assertThat(none.calls).isGreaterThan(20);
        int said = 0;
        for (int at = FAILURES.indexOf(failure) % 3; at < none.calls; at += 3) {
            Compilation compilation = compile(new Failing(at, failure));
            assertThat(compilation.diagnostics())
                    .as("call %d", at)
                    .filteredOn(diagnostic -> !diagnostic.getCode().equals(UNCLOSED))
                    .hasSizeLessThanOrEqualTo(1)
                    .allSatisfy(diagnostic -> {
                        assertThat(diagnostic.getMessage(null)).matches("(?s)\\[\\w+] .*");
                        assertThat(diagnostic.getMessage(null).lines()).noneMatch(line -> line.startsWith("error:"));
                    });
            said += compilation.diagnostics().size();
        }
        assertThat(said).isGreaterThan(none.calls / 6);
    }

    /** One error, on the declaration, with the exception and where it was thrown. */
    @Test
    void asksForAReport() {
        Compilation compilation = compile((method, arguments, real) -> {
            if (method.getName().equals("createSourceFile")) {
                throw new IllegalStateException("broken\n\u001b[31m");
            }
            return real.call();
        });
        assertThat(compilation.diagnostics()).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.getKind()).isEqualTo(Diagnostic.Kind.ERROR);
            assertThat(diagnostic.getLineNumber()).isEqualTo(3);
            assertThat(diagnostic.getMessage(null).lines())
                    .startsWith(
                            "[ProcessorFailed] Chainrule's processor failed here, which is a fault of its own; please report it,"
                                    + " with this declaration and this text: java.lang.IllegalStateException: broken\\u000a\\u001b[31m")
                    .hasSize(9)
                    .element(1)
                    .asString()
                    .matches(" +at dev\\.chainrule\\.processor\\.FailuresTest\\..*");
        });
    }

    @Test
    void otherDeclarationsAreProcessed() throws IOException {
        DiskBuild build = new DiskBuild(folder)
                .add(UserCode.source("nets.First", UserCode.NETWORK + " final class First {}"))
                .add(UserCode.source("nets.Second", UserCode.NETWORK + " final class Second {}"));
        List<Interposed> processors = Interposed.registered((method, arguments, real) -> {
            if (method.getName().equals("createSourceFile") && arguments[0].equals("nets.FirstNetwork")) {
                throw new IllegalStateException();
            }
            return real.call();
        });
        assertThat(build.compile(List.copyOf(processors), "-Achainrule.page=false"))
                .hasSize(1);
        assertThat(build.generated())
                .containsOnlyKeys(
                        "nets/FirstNetworkBlocks.java", "nets/SecondNetwork.java", "nets/SecondNetworkBlocks.java");
    }

    /** What looks for types in code warns: most of what it sees is no business of this processor. */
    @Test
    void theSearchForLocalTypesIsAWarning() {
        Compilation compilation = UserCode.javac()
                .withProcessors(new WithoutRoots())
                .withOptions("--release", "17")
                .compile(UserCode.source("nets.Plain", "final class Plain {}"));
        assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
        assertThat(compilation.warnings())
                .isNotEmpty()
                .allSatisfy(warning -> assertThat(warning.getMessage(null))
                        .startsWith("[ProcessorFailed] ")
                        .contains("java.lang.IllegalStateException: no roots"));
    }

    /** A disk that is full, and anything else that can happen to a file. */
    @ParameterizedTest
    @MethodSource("failures")
    void documentsThatCannotBeWrittenAreWarnings(Supplier<Throwable> failure) {
        Compilation compilation = compile((method, arguments, real) -> {
            if (method.getName().equals("openOutputStream")) {
                return new Failing(0, failure).answer(method, arguments, real);
            }
            return real.call();
        });
        assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
        assertAreWarnings(compilation, 3);
    }

    /** The text of each is made in another thread, and each fails by itself. */
    @Test
    void documentsWithoutATextAreWarnings() {
        Compilation compilation = UserCode.javac()
                .withProcessors(new WithoutSource())
                .withOptions("--release", "17")
                .compile(
                        UserCode.source("nets.First", UserCode.NETWORK + "\nfinal class First {}"),
                        UserCode.source("nets.Second", UserCode.NETWORK + "\nfinal class Second {}"));
        assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
        assertAreWarnings(compilation, 2);
        assertThat(compilation.warnings().get(0).getMessage(null))
                .startsWith("[DocumentNotWritten] nets/FirstNetwork.html is left out: [ProcessorFailed] ")
                .contains("java.lang.NullPointerException")
                .containsPattern("\n +at dev\\.chainrule\\.processor\\.page\\.DerivationPage\\.");
        assertThat(compilation.generatedFiles().stream().map(JavaFileObject::getName))
                .contains("/SOURCE_OUTPUT/nets/FirstNetwork.tex", "/SOURCE_OUTPUT/nets/SecondNetwork.tex");
    }

    private static void assertAreWarnings(Compilation compilation, int count) {
        assertThat(compilation.diagnostics()).hasSize(count).allSatisfy(diagnostic -> {
            assertThat(diagnostic.getKind()).isEqualTo(Diagnostic.Kind.WARNING);
            assertThat(diagnostic.getMessage(null)).startsWith("[DocumentNotWritten] nets/");
            assertThat(diagnostic.getLineNumber()).isEqualTo(3);
        });
    }

    /** Looks for local types in rounds that do not tell of any type. */
    @SupportedAnnotationTypes("*")
    private static final class WithoutRoots extends AbstractProcessor {
        private final LocalTypeProcessor processor = new LocalTypeProcessor();

        @Override
        public synchronized void init(ProcessingEnvironment environment) {
            processor.init(environment);
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            return processor.process(annotations, (RoundEnvironment) Proxy.newProxyInstance(
                    RoundEnvironment.class.getClassLoader(),
                    new Class<?>[] {RoundEnvironment.class},
                    (self, method, arguments) -> {
                        throw new IllegalStateException("no roots");
                    }));
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latestSupported();
        }
    }

    /** Makes documents of a declaration whose class has no source to show, so that the text of the page fails. */
    @SupportedAnnotationTypes("*")
    private static final class WithoutSource extends AbstractProcessor {
        private Documents documents;

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            if (documents == null) {
                Options options = new Options(Map.of(Options.LATEX, "true"));
                Reports reports = new Reports(processingEnv.getMessager());
                ClassOutput classes = new ClassOutput(processingEnv.getFiler());
                documents = new Documents(processingEnv.getFiler(), classes, options, reports);
                ElementFilter.typesIn(round.getRootElements()).forEach(this::make);
            }
            if (round.processingOver()) {
                documents.write();
            }
            return false;
        }

        private void make(TypeElement type) {
            NetworkDeclaration declaration =
                    NetworkDeclaration.of(type, processingEnv.getElementUtils()).orElseThrow();
            var network = NetworkValidation.of(declaration).network().orElseThrow();
            var derivation = Derivation.of(network);
            Program program = Lowering.of(derivation, false);
            String name = type.getSimpleName().toString();
            GeneratedType generated = new GeneratedType("nets", name + "Network", name, false, true);
            documents.make(
                    declaration, new Documented(generated, derivation, program, null, new double[0]), Optional.empty());
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latestSupported();
        }
    }
}
