package dev.chainrule.processor.testing;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The code that some classes can come to call, by what their class files name, as far as one leads to the other.
 *
 * @param classes they and those of the runtime, by name, {@code dev/chainrule/runtime/Kernels}
 * @param members what these use of all others, {@code java/lang/Math.fma}
 */
public record ReachableCode(Map<String, byte[]> classes, Set<String> members) {
    /** The code that the class files of these names lead to. */
    public static ReachableCode from(Map<String, byte[]> classes) throws IOException {
        Map<String, byte[]> seen = new TreeMap<>(classes);
        Set<String> reached = new TreeSet<>();
        Deque<byte[]> left = new ArrayDeque<>(classes.values());
        while (!left.isEmpty()) {
            for (String member : members(left.pop())) {
                String owner = member.substring(0, member.indexOf('.'));
                if (!owner.startsWith("dev/chainrule/runtime/")) {
                    reached.add(member);
                } else if (!seen.containsKey(owner)) {
                    seen.put(owner, bytes(owner));
                    left.push(seen.get(owner));
                }
            }
        }
        reached.removeIf(member -> classes.containsKey(member.substring(0, member.indexOf('.')))
                || member.startsWith("[")
                || member.endsWith(".type"));
        return new ReachableCode(seen, reached);
    }

    /** The class file of a class that tests can see. */
    public static byte[] bytes(String className) throws IOException {
        try (InputStream stream = ReachableCode.class.getResourceAsStream("/" + className + ".class")) {
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
