package dev.chainrule.processor.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.chainrule.annotations.Network;
import dev.chainrule.processor.testing.OnnxBuilder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading a model does not use sun.misc.Unsafe: from JDK 24 on, the JVM would warn of it in every build. */
class UnsafeTest {
    @Test
    void isNotUsed(@TempDir Path folder) throws Exception {
        OnnxBuilder model = OnnxBuilder.doubles()
                .input("x", -1, 3)
                .node("Gemm", "z", "x w")
                .node("Softmax", "y", "z", OnnxBuilder.integer("axis", 1))
                .encoded(OnnxBuilder.Encoding.ONE_BY_ONE)
                .tensor("w", new double[300], 3, 100)
                .output("y", -1, 100)
                // The graph in two pieces
                .modelField(7, OnnxBuilder.message(graph -> graph.writeString(2, "a long name".repeat(100))));
        Path file = Files.write(folder.resolve("model.onnx"), model.bytes());
        try (Recording loader = new Recording()) {
            Object imported = loader.loadClass(OnnxImport.class.getName())
                    .getMethod("of", Path.class, List.class, int.class)
                    .invoke(null, file, List.of(), 1000);
            assertThat(imported.toString()).contains("network=Optional[TrainedNetwork[network=", "problems=[]");
            assertThat(loader.names)
                    .contains("com.google.protobuf.CodedInputStream")
                    .noneMatch(name -> name.startsWith("com.google.protobuf.Unsafe") || name.startsWith("sun.misc."));
        }
    }

    /** Loads the classes once more, and tells which. */
    private static final class Recording extends URLClassLoader {
        private final List<String> names = new ArrayList<>();

        Recording() {
            super(
                    new URL[] {location(OnnxImport.class), location(ByteString.class), location(Network.class)},
                    ClassLoader.getPlatformClassLoader());
        }

        private static URL location(Class<?> type) {
            return type.getProtectionDomain().getCodeSource().getLocation();
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            names.add(name);
            return super.loadClass(name, resolve);
        }
    }
}
