package dev.chainrule.processor.onnx;

import static dev.chainrule.processor.testing.OnnxBuilder.FLOAT;
import static dev.chainrule.processor.testing.OnnxBuilder.floats;
import static dev.chainrule.processor.testing.OnnxBuilder.message;
import static dev.chainrule.processor.testing.OnnxBuilder.raw;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.chainrule.processor.resources.UnusableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models whose weights are in a file beside them, as exporters write large ones. */
class OnnxExternalTest {
    @TempDir
    Path folder;

    private Path models;

    @BeforeEach
    void weights() throws IOException {
        models = Files.createDirectories(folder.resolve("models"));
        Files.write(
                models.resolve("w.data"), raw(FLOAT, 9, 9, 1, 2, 3, 4, 5, 6, 9).toByteArray());
    }

    private Imported imported(String... entries) throws IOException, UnusableFileException {
        ByteString tensor = message(fields -> {
            fields.writeInt64(1, 3);
            fields.writeInt64(1, 2);
            fields.writeInt32(2, FLOAT);
            fields.writeString(8, "w");
            for (int i = 0; i < entries.length; i += 2) {
                String key = entries[i];
                String value = entries[i + 1];
                fields.writeBytes(13, message(entry -> {
                    entry.writeString(1, key);
                    entry.writeString(2, value);
                }));
            }
            fields.writeInt32(14, 1);
        });
        byte[] model = floats().input("x", -1, 3)
                .node("MatMul", "y", "x w")
                .initializer(tensor)
                .output("y", -1, 2)
                .bytes();
        return OnnxImport.of(Files.write(models.resolve("model.onnx"), model), List.of(), 100);
    }

    @Test
    void areRead() throws IOException, UnusableFileException {
        for (Imported imported : List.of(
                imported("location", "w.data", "offset", "8", "length", "24"),
                imported("location", "w.data", "offset", "8"))) {
            assertThat(imported.problems()).isEmpty();
            assertThat(imported.network().orElseThrow().parameters()).containsExactly(1, 2, 3, 4, 5, 6);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"absent.data", "../w.data", "../models/w.data", "a/w.data", ".", "", "link.data", "a\u0000"})
    void areNotReadElsewhere(String location) throws IOException, UnusableFileException {
        Files.write(folder.resolve("w.data"), raw(FLOAT, 1, 2, 3, 4, 5, 6).toByteArray());
        Files.createSymbolicLink(models.resolve("link.data"), folder.resolve("w.data"));
        Files.createDirectories(models.resolve("a"));
        Files.copy(models.resolve("w.data"), models.resolve("a/w.data"));
        assertOneProblem(
                imported("location", location),
                "OnnxTensor",
                "Numbers of the model are in \"" + location.replace("\u0000", "\\u0000")
                        + "\", which is no file beside the model; put it there, or save the model as one file (in"
                        + " PyTorch, torch.onnx.export(..., external_data=False)).");
    }

    @Test
    void anAbsolutePathIsNotRead() throws IOException, UnusableFileException {
        assertThat(imported("location", models.resolve("w.data").toString()).problems())
                .extracting(OnnxProblem::code)
                .containsExactly("OnnxTensor");
    }

    @Test
    void areAsManyAsTheShapeSays() throws IOException, UnusableFileException {
        assertOneProblem(
                imported("location", "w.data", "length", "20"),
                "OnnxTensor",
                "Node \"/0/MatMul\" (MatMul) takes \"w\", which has the shape [3, 2] of type float and 20 bytes of numbers;"
                        + " the two do not fit.");
        assertOneProblem(
                imported("location", "w.data", "offset", "16"),
                "OnnxTensor",
                "Numbers of the model are in \"w.data\", bytes 16 to 40 of it, and it has 36; get the file that belongs"
                        + " to the model.");
        assertOneProblem(
                imported("location", "w.data", "length", "100000000"),
                "OnnxTooLarge",
                "Numbers of the model are in \"w.data\", 100000000 bytes; those of a model that can be a class take at"
                        + " most 67108864.");
        assertOneProblem(
                imported("location", "w.data", "offset", "eight"),
                "NotAnOnnxModel",
                "This is not an ONNX model, or it is damaged: an entry of external_data is no whole number");
    }

    private static void assertOneProblem(Imported imported, String code, String message) {
        assertThat(imported.problems()).containsExactly(new OnnxProblem(code, message));
    }
}
