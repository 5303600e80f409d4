package dev.chainrule.processor.testing;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What class files hold. */
public final class ClassFiles {
    private ClassFiles() {}

    /** The bytes of code of each method, by name; of the largest of those that share one. */
    public static Map<String, Integer> codeBytes(byte[] classFile) {
        Map<String, Integer> bytes = new TreeMap<>();
        ClassReader reader = new ClassReader(classFile);
        // Written again with the same constants, the code is the same, and a label at its end knows its offset.
        ClassVisitor copy = new ClassVisitor(Opcodes.ASM9, new ClassWriter(reader, 0)) {
            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String signature, String[] exceptions) {
                MethodVisitor writer = super.visitMethod(access, name, descriptor, signature, exceptions);
                return new MethodVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public void visitMaxs(int maxStack, int maxLocals) {
                        Label end = new Label();
                        visitLabel(end);
                        super.visitMaxs(maxStack, maxLocals);
                        bytes.merge(name, end.getOffset(), Math::max);
                    }
                };
            }
        };
        reader.accept(copy, ClassReader.SKIP_FRAMES);
        return bytes;
    }

    /** The methods that a class calls, as {@code java/lang/Math.fma}. */
    public static Set<String> calls(byte[] classFile) {
        Set<String> calls = new TreeSet<>();
        ClassVisitor visitor = new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String signature, String[] exceptions) {
                return new MethodVisitor(Opcodes.ASM9) {
                    @Override
                    public void visitMethodInsn(
                            int opcode, String owner, String called, String type, boolean isInterface) {
                        calls.add(owner + "." + called);
                    }

                    @Override
                    public void visitInvokeDynamicInsn(
                            String called, String type, Handle bootstrap, Object... arguments) {
                        calls.add(bootstrap.getOwner() + "." + bootstrap.getName());
                    }
                };
            }
        };
        new ClassReader(classFile).accept(visitor, 0);
        return calls;
    }
}
