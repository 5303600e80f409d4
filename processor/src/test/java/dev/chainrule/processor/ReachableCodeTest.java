package dev.chainrule.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What generated classes can come to call, by their class files and those of the runtime that they name: a few methods of the JDK,
 * none of which is reflection, a resource or a service loader. So native images and Android need no configuration.
 */
class ReachableCodeTest {
    /** The two bootstrap methods are javac's, for strings in messages and for records; image builders and dexers know them. */
    private static final List<String> JDK = List.of(
            "java/lang/ArithmeticException.<init>",
            "java/lang/Class.getName",
            "java/lang/Double.doubleToRawLongBits",
            "java/lang/Double.longBitsToDouble",
            "java/lang/Enum.<init>",
            "java/lang/Enum.valueOf",
            "java/lang/IllegalArgumentException.<init>",
            "java/lang/IndexOutOfBoundsException.<init>",
            "java/lang/Math.abs",
            "java/lang/Math.fma",
            "java/lang/Math.max",
            "java/lang/Math.min",
            "java/lang/Math.signum",
            "java/lang/Object.<init>",
            "java/lang/Object.getClass",
            "java/lang/Record.<init>",
            "java/lang/StrictMath.log",
            "java/lang/StrictMath.log1p",
            "java/lang/System.arraycopy",
            "java/lang/UnsupportedOperationException.<init>",
            "java/lang/invoke/StringConcatFactory.makeConcatWithConstants",
            "java/lang/runtime/ObjectMethods.bootstrap",
            "java/util/Arrays.copyOfRange",
            "java/util/Objects.checkIndex");

    /** What the option for vectors adds; Android has none of these, and no such module. */
    private static final List<String> VECTORS = List.of(
            "java/lang/ModuleLayer.boot",
            "java/lang/ModuleLayer.findModule",
            "java/util/Optional.isPresent",
            "java/lang/Integer.TYPE");

    private static final String VECTOR_API = "jdk/incubator/vector/";

    @Test
    void liveNetworks() throws IOException {
        assertThat(reached(compiled("-Achainrule.page=false", "--release", "17")))
                .isSubsetOf(JDK);
    }

    @Test
    void networksWithVectors() throws IOException {
        Set<String> reached = reached(
                compiled("-Achainrule.page=false", "-Achainrule.vector=true", "--add-modules", "jdk.incubator.vector"));
        assertThat(reached).containsAll(VECTORS).anyMatch(member -> member.startsWith(VECTOR_API));
        reached.removeIf(member -> member.startsWith(VECTOR_API) || VECTORS.contains(member));
        assertThat(reached).isSubsetOf(JDK);
    }

    /** The test would see what must not be there. */
    @Test
    void whatThisTestSees() throws IOException {
        assertThat(reached(
                        Map.of("test", bytes(ReachableCodeTest.class.getName().replace('.', '/')))))
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

    /** The members of other classes that these and the runtime's use, as far as one leads to the other. */
    private static Set<String> reached(Map<String, byte[]> classes) throws IOException {
        Set<String> reached = new TreeSet<>();
        Set<String> seen = new TreeSet<>(classes.keySet());
        Deque<byte[]> left = new ArrayDeque<>(classes.values());
        while (!left.isEmpty()) {
            for (String member : members(left.pop())) {
                String owner = member.substring(0, member.indexOf('.'));
                if (!owner.startsWith("dev/chainrule/runtime/")) {
                    reached.add(member);
                } else if (seen.add(owner)) {
                    left.push(bytes(owner));
                }
            }
        }
        reached.removeIf(member -> classes.containsKey(member.substring(0, member.indexOf('.')))
                || member.startsWith("[")
                || member.endsWith(".type"));
        return reached;
    }

    private static byte[] bytes(String className) throws IOException {
        try (InputStream stream = ReachableCodeTest.class.getResourceAsStream("/" + className + ".class")) {
            return stream.readAllBytes();
        }
    }

    /** All that the code of a class names: {@code owner.method}, {@code owner.field}, and {@code owner.type} for a class alone. */
    private static Set<String> members(byte[] classFile) {
        Set<String> members = new TreeSet<>();
        MethodVisitor methods = new MethodVisitor(Opcodes.ASM9) {
            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String type, boolean isInterface) {
                members.add(owner + "." + name);
            }

            @Override
            public void visitFieldInsn(int opcode, String owner, String name, String type) {
                members.add(owner + "." + name);
            }

            @Override
            public void visitInvokeDynamicInsn(String name, String type, Handle bootstrap, Object... arguments) {
                members.add(bootstrap.getOwner() + "." + bootstrap.getName());
                Stream.of(arguments)
                        .filter(Handle.class::isInstance)
                        .map(Handle.class::cast)
                        .forEach(handle -> members.add(handle.getOwner() + "." + handle.getName()));
            }

            @Override
            public void visitLdcInsn(Object value) {
                if (value instanceof Type type) {
                    members.add(type.getInternalName() + ".type");
                }
            }

            @Override
            public void visitTypeInsn(int opcode, String type) {
                members.add(type + ".type");
            }
        };
        ClassVisitor visitor = new ClassVisitor(Opcodes.ASM9) {
            @Override
            public void visit(
                    int version, int access, String name, String signature, String superName, String[] interfaces) {
                members.add(superName + ".type");
                Stream.of(interfaces).forEach(each -> members.add(each + ".type"));
            }

            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String signature, String[] exceptions) {
                return methods;
            }
        };
        new ClassReader(classFile).accept(visitor, ClassReader.SKIP_DEBUG);
        return members;
    }
}
