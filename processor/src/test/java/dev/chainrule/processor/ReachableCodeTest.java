package dev.chainrule.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.ReachableCode;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;

/**
 * What generated classes can come to call, by their class files and those of the runtime that they name: a few methods
 * of the JDK, none of which is reflection, a resource or a service loader. So native images and Android need no
 * configuration; {@link AndroidTest} tells from which level on.
 */
class ReachableCodeTest {
    /** The bootstrap methods are javac's, for strings in messages and for records; image builders and dexers know them. */
    private static final List<String> JDK = List.of(
            "java/lang/ArithmeticException.<init>",
            "java/lang/Character.isLetter",
            "java/lang/Character.isLetterOrDigit",
            "java/lang/Class.getName",
            "java/lang/Double.doubleToRawLongBits",
            "java/lang/Double.isFinite",
            "java/lang/Double.isNaN",
            "java/lang/Double.longBitsToDouble",
            "java/lang/Double.parseDouble",
            "java/lang/Enum.<init>",
            "java/lang/Enum.valueOf",
            "java/lang/IllegalArgumentException.<init>",
            "java/lang/IllegalStateException.<init>",
            "java/lang/IndexOutOfBoundsException.<init>",
            "java/lang/Integer.intValue",
            "java/lang/Integer.valueOf",
            "java/lang/Math.abs",
            "java/lang/Math.copySign",
            "java/lang/Math.fma",
            "java/lang/Math.max",
            "java/lang/Math.min",
            "java/lang/Math.rint",
            "java/lang/Math.signum",
            "java/lang/Math.sqrt",
            "java/lang/Object.<init>",
            "java/lang/Object.getClass",
            "java/lang/Object.toString",
            "java/lang/Record.<init>",
            "java/lang/StrictMath.atan",
            "java/lang/StrictMath.cos",
            "java/lang/StrictMath.log",
            "java/lang/StrictMath.log1p",
            "java/lang/StrictMath.sin",
            "java/lang/String.charAt",
            "java/lang/String.compareTo",
            "java/lang/String.equals",
            "java/lang/String.isEmpty",
            "java/lang/String.join",
            "java/lang/String.length",
            "java/lang/String.substring",
            "java/lang/String.valueOf",
            "java/lang/System.arraycopy",
            "java/lang/ThreadLocal.<init>",
            "java/lang/ThreadLocal.get",
            "java/lang/ThreadLocal.set",
            "java/lang/UnsupportedOperationException.<init>",
            "java/lang/invoke/LambdaMetafactory.metafactory",
            "java/lang/invoke/StringConcatFactory.makeConcatWithConstants",
            "java/lang/runtime/ObjectMethods.bootstrap",
            "java/util/ArrayList.<init>",
            "java/util/Arrays.copyOfRange",
            "java/util/Arrays.fill",
            "java/util/Collection.stream",
            "java/util/HashSet.<init>",
            "java/util/Iterator.hasNext",
            "java/util/Iterator.next",
            "java/util/LinkedHashMap.<init>",
            "java/util/List.add",
            "java/util/List.copyOf",
            "java/util/List.equals",
            "java/util/List.get",
            "java/util/List.indexOf",
            "java/util/List.isEmpty",
            "java/util/List.iterator",
            "java/util/List.of",
            "java/util/List.size",
            "java/util/List.stream",
            "java/util/List.subList",
            "java/util/List.toArray",
            "java/util/Map.containsKey",
            "java/util/Map.get",
            "java/util/Map.keySet",
            "java/util/Map.put",
            "java/util/Objects.checkIndex",
            "java/util/Objects.requireNonNull",
            "java/util/Optional.empty",
            "java/util/Optional.map",
            "java/util/Optional.of",
            "java/util/Optional.orElse",
            "java/util/Optional.orElseGet",
            "java/util/Optional.orElseThrow",
            "java/util/Set.add",
            "java/util/Set.contains",
            "java/util/Set.of",
            "java/util/Set.stream",
            "java/util/regex/Matcher.end",
            "java/util/regex/Matcher.group",
            "java/util/regex/Matcher.lookingAt",
            "java/util/regex/Matcher.region",
            "java/util/regex/Matcher.regionStart",
            "java/util/regex/Pattern.compile",
            "java/util/regex/Pattern.matcher",
            "java/util/stream/Collectors.joining",
            "java/util/stream/IntStream.allMatch",
            "java/util/stream/IntStream.filter",
            "java/util/stream/IntStream.limit",
            "java/util/stream/IntStream.mapToObj",
            "java/util/stream/IntStream.of",
            "java/util/stream/IntStream.range",
            "java/util/stream/IntStream.sum",
            "java/util/stream/IntStream.toArray",
            "java/util/stream/Stream.collect",
            "java/util/stream/Stream.concat",
            "java/util/stream/Stream.distinct",
            "java/util/stream/Stream.filter",
            "java/util/stream/Stream.findAny",
            "java/util/stream/Stream.findFirst",
            "java/util/stream/Stream.flatMap",
            "java/util/stream/Stream.map",
            "java/util/stream/Stream.mapToInt",
            "java/util/stream/Stream.of",
            "java/util/stream/Stream.toArray");

    /** What the option for vectors adds; Android has none of these, and no such module. */
    private static final List<String> VECTORS =
            List.of("java/lang/ModuleLayer.boot", "java/lang/ModuleLayer.findModule", "java/util/Optional.isPresent");

    private static final String VECTOR_API = "jdk/incubator/vector/";

    @Test
    void liveNetworks() throws IOException {
        assertThat(ReachableCode.from(compiled("-Achainrule.page=false", "--release", "17"))
                        .members())
                .isSubsetOf(JDK);
    }

    @Test
    void networksWithVectors() throws IOException {
        Set<String> reached = ReachableCode.from(compiled(
                        "-Achainrule.page=false", "-Achainrule.vector=true", "--add-modules", "jdk.incubator.vector"))
                .members();
        assertThat(reached).containsAll(VECTORS).anyMatch(member -> member.startsWith(VECTOR_API));
        reached.removeIf(member -> member.startsWith(VECTOR_API) || VECTORS.contains(member));
        assertThat(reached).isSubsetOf(JDK);
    }

    /** The test would see what must not be there. */
    @Test
    void whatThisTestSees() throws IOException {
        String name = ReachableCode.class.getName().replace('.', '/');
        assertThat(ReachableCode.from(Map.of(name, ReachableCode.bytes(name))).members())
                .contains("java/lang/Class.getResourceAsStream", "java/lang/invoke/LambdaMetafactory.metafactory");
    }

    /** Every activation written out, every loss, and loops. */
    private static Map<String, byte[]> compiled(String... options) throws IOException {
        Stream<Topology> writtenOut = Stream.of(Activation.values())
                .map(activation ->
                        Topologies.of("Unit" + activation, "3-2", activation, activation, Loss.HUBER, Unroll.FULL));
        Stream<Topology> loops = Stream.of(Loss.values())
                .map(loss ->
                        Topologies.of("Loss" + loss, "40-50-20", Activation.TANH, output(loss), loss, Unroll.NONE));
        Compilation compilation = Compiler.javac()
                .withProcessors(new NetworkProcessor())
                .withOptions((Object[]) options)
                .compile(Stream.concat(writtenOut, loops)
                        .map(topology ->
                                JavaFileObjects.forSourceString(topology.declarationName(), topology.declaration()))
                        .toList());
        assertThat(compilation).succeeded();
        Map<String, byte[]> classes = new HashMap<>();
        for (JavaFileObject file : compilation.generatedFiles()) {
            if (file.getKind() == JavaFileObject.Kind.CLASS) {
                try (InputStream stream = file.openInputStream()) {
                    byte[] bytes = stream.readAllBytes();
                    classes.put(new ClassReader(bytes).getClassName(), bytes);
                }
            }
        }
        return classes;
    }

    private static Activation output(Loss loss) {
        return loss == Loss.CATEGORICAL_CROSS_ENTROPY ? Activation.SOFTMAX : Activation.SIGMOID;
    }
}
