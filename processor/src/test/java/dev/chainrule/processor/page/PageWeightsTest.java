package dev.chainrule.processor.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.TensorFiles;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.weights.ElementType;
import dev.chainrule.runtime.weights.WeightFile;
import dev.chainrule.runtime.weights.WeightFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of weights that are dropped on a page are read as the runtime reads them, with the same words for what is wrong. */
@RequiresChromium
class PageWeightsTest {
    private static final Topology NETWORK =
            Topologies.of("Own", "2-3-1", Activation.TANH, Activation.SIGMOID, Loss.HUBER, Unroll.AUTO);
    private static final int DAMAGED = 250;

    /** Pieces of a header to put in the place of others. */
    private static final List<String> PIECES = List.of(
            "F64",
            "F32",
            "F16",
            "F4",
            "dtype",
            "shape",
            "data_offsets",
            "layer1",
            "__metadata__",
            "\"",
            "\\",
            "\\u12",
            "\\ud800",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "0",
            "00",
            "1",
            "-1",
            "9223372036854775807",
            "99999999999999999999",
            "\u00e9",
            " ",
            "\n",
            "\t",
            "1.5",
            "chainrule.format",
            "weight",
            "bias");

    private final Browser browser = Browser.shared();

    @TempDir
    private Path folder;

    /** Whatever a test did. */
    @AfterEach
    void saysNothingAndAsksForNothing() {
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests()).isEmpty();
    }

    @Test
    void aFileGivesItsParametersAndTheClasssOutputs() throws IOException {
        browser.open("Own", Pages.of(NETWORK));
        for (ElementType type : ElementType.values()) {
            PlainNetwork trained =
                    new PlainNetwork(NETWORK, new Random(4).doubles(13, -2, 2).toArray());
            WeightFile.save(trained, folder.resolve("own.safetensors"), type);
            PlainNetwork loaded = new PlainNetwork(NETWORK, new double[13]);
            WeightFile.load(loaded, folder.resolve("own.safetensors"));
            assertThat(said(List.of(Files.readAllBytes(folder.resolve("own.safetensors")))))
                    .isEqualTo(List.of("The parameters are those of own.safetensors."));
            assertThat(numbers("return [...p];")).containsExactly(loaded.parameters());
            double[] output = new double[1];
            loaded.forward(numbers("return [...input];"), output);
            assertThat(numbers("return [...net.values.output];")).containsExactly(output, within(1e-12));
        }
    }

    @Test
    void whatIsWrongIsSaidInTheRuntimesWords() throws IOException {
        browser.open("Own", Pages.of(NETWORK));
        List<byte[]> files = new ArrayList<>();
        Path ours = folder.resolve("ours");
        PlainNetwork trained =
                new PlainNetwork(NETWORK, new Random(5).doubles(13).toArray());
        WeightFile.save(trained, ours);
        Path others = folder.resolve("others");
        TensorFiles.Part weight = new TensorFiles.Part("layer1.weight", "F64", List.of(2, 3), 1, 2, 3, 4, 5, 6);
        TensorFiles.Part bias = new TensorFiles.Part("layer1.bias", "F32", List.of(3), 1, Double.NaN, 3);
        TensorFiles.Part second = TensorFiles.Part.counting("layer2.weight", "F64", 3, 1);
        TensorFiles.Part last = TensorFiles.Part.counting("layer2.bias", "F64", 1);
        for (List<TensorFiles.Part> parts : List.of(
                List.of(weight, bias, second, last),
                List.of(weight, second, last),
                List.of(weight, TensorFiles.Part.counting("layer1.bias", "F64", 4), second, last),
                List.of(weight, TensorFiles.Part.counting("layer1.bias", "I64", 3), second, last),
                List.of(weight, TensorFiles.Part.counting("layer3.bias", "F64", 3), second, last))) {
            TensorFiles.write(others, parts.toArray(TensorFiles.Part[]::new));
            files.add(Files.readAllBytes(others));
        }
        files.add(new byte[3]);
        files.add("version https://git-lfs.github.com/spec/v1\noid 0".getBytes(StandardCharsets.US_ASCII));
        Topology other = Topologies.of("Own", "2-3-1", Activation.RELU, Activation.SIGMOID, Loss.HUBER, Unroll.AUTO);
        WeightFile.save(new PlainNetwork(other, new double[13]), others);
        files.add(Files.readAllBytes(others));
        Random random = new Random(6);
        byte[] whole = Files.readAllBytes(ours);
        byte[] plain = files.get(0);
        while (files.size() < DAMAGED) {
            files.add(damaged(random.nextInt(3) == 0 ? plain : whole, random));
        }
        List<?> said = said(files);
        int wrong = 0;
        for (int i = 0; i < files.size(); i++) {
            byte[] file = files.get(i);
            String expected = byRuntime(file);
            assertThat(said.get(i))
                    .as(() -> "file of " + new String(file, StandardCharsets.ISO_8859_1))
                    .isEqualTo(expected);
            wrong += expected.startsWith("The parameters") ? 0 : 1;
        }
        assertThat(wrong).isGreaterThan(DAMAGED / 2);
    }

    /** With bytes changed, cut off or doubled, or a piece of the header in the place of another. */
    private static byte[] damaged(byte[] file, Random random) {
        byte[] bytes = file.clone();
        switch (random.nextInt(5)) {
            case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 20));
            case 2 -> bytes[8 + random.nextInt(300)] = (byte) random.nextInt(128);
            default -> {
                int length = (int) bytes[0] & 255 | (bytes[1] & 255) << 8;
                String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
                int from = random.nextInt(header.length());
                int to = Math.min(header.length(), from + random.nextInt(7));
                String piece = PIECES.get(random.nextInt(PIECES.size()));
                byte[] text =
                        (header.substring(0, from) + piece + header.substring(to)).getBytes(StandardCharsets.UTF_8);
                byte[] other = new byte[8 + text.length + bytes.length - 8 - length];
                other[0] = (byte) text.length;
                other[1] = (byte) (text.length >> 8);
                System.arraycopy(text, 0, other, 8, text.length);
                System.arraycopy(bytes, 8 + length, other, 8 + text.length, bytes.length - 8 - length);
                bytes = other;
            }
        }
        return bytes;
    }

    /** What the runtime says of a file of this content. */
    private String byRuntime(byte[] content) throws IOException {
        Path file = folder.resolve("own.safetensors");
        Files.write(file, content);
        try {
            WeightFile.load(new PlainNetwork(NETWORK, new double[13]), file);
            return "The parameters are those of own.safetensors.";
        } catch (WeightFileException e) {
            return e.getMessage().replace(folder.toString() + "/", "");
        }
    }

    /** What the page says of files of these contents, one after the other. */
    private List<?> said(List<byte[]> contents) {
        List<String> texts = contents.stream()
                .map(content -> Base64.getEncoder().encodeToString(content))
                .toList();
        return (List<?>) browser.run("""
                return arguments[0].map((text) => {
                  takeWeights("own.safetensors", Uint8Array.from(atob(text), (c) => c.charCodeAt(0)));
                  return byId("loaded").textContent;
                });""", texts);
    }

    private double[] numbers(String script) {
        return ((List<?>) browser.run(script))
                .stream().mapToDouble(number -> ((Number) number).doubleValue()).toArray();
    }
}
