package dev.chainrule.processor.fuzz;

import dev.chainrule.annotations.Activation;
import dev.chainrule.processor.testing.OnnxBuilder;
import dev.chainrule.processor.testing.TensorFiles;
import dev.chainrule.processor.testing.TensorFiles.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the file that a declaration names: as it should be, damaged, or something else altogether. */
final class RandomFile {
    private static final String[] NAMES = {
        "x", "", "a\nb", "\u001b[31m", "z\u0000", "\u202e", "long".repeat(300), "\ud83d\ude00", "\"", "%s%n"
    };

    private static final String[] NO_FILES = {
        "", "absent", "../w", "/w", "a\\nb", "\\0", ".", "a//b", "C:\\\\w", "w".repeat(5000), " "
    };

    private final Draw draw;
    private final RandomLayers network;

    private RandomFile(Draw draw, RandomLayers network) {
        this.draw = draw;
        this.network = network;
    }

    /** The literal that names a file, mostly one that is in a folder then. */
    static String named(Draw draw, RandomLayers network, boolean isModel, Path folder, String name) throws IOException {
        if (draw.once(20)) {
            return draw.of(NO_FILES);
        }
        if (network.isSmall()) {
            RandomFile file = new RandomFile(draw, network);
            if (isModel) {
                file.writeModel(folder.resolve(name));
            } else {
                file.writeWeights(folder.resolve(name));
            }
        }
        return name;
    }

    /** Parameters, as they are saved here or by PyTorch. */
    private void writeWeights(Path file) throws IOException {
        boolean isStateDict = draw.once(2);
        String dtype = draw.once(20) ? draw.of("F16", "I64", "BF16") : draw.of("F32", "F64");
        List<Part> parts = new ArrayList<>();
        for (int number = 1; number <= network.layers().size(); number++) {
            String name = isStateDict ? String.valueOf(2 * number - 2) : "layer" + number;
            int in = network.units(number - 1);
            int out = network.units(number);
            parts.add(part(name + ".weight", dtype, isStateDict ? List.of(out, in) : List.of(in, out), in * out));
            if (network.layers().get(number - 1).bias()) {
                parts.add(part(name + ".bias", dtype, List.of(out), out));
            }
        }
        if (draw.once(20)) {
            parts.remove(draw.below(parts.size()));
        }
        TensorFiles.write(file, parts.toArray(Part[]::new));
        change(file);
    }

    private Part part(String name, String dtype, List<Integer> shape, int length) {
        return new Part(name, dtype, shape, numbers(length));
    }

    private double[] numbers(int length) {
        double[] numbers = new double[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = draw.once(200) ? draw.of(0.0, -0.0, 1e-310, 1e300, Double.NaN) : draw.gaussian();
        }
        return numbers;
    }

    /** The network as a model, with names of its own. */
    private void writeModel(Path file) throws IOException {
        OnnxBuilder model = draw.once(2) ? OnnxBuilder.floats() : OnnxBuilder.doubles();
        String values = draw.once(5) ? draw.of(NAMES).replace(" ", "") : "v";
        model.input(values + 0, draw.of(-1, -1, 1, 7), network.inputs());
        String last = values + 0;
        for (int number = 1; number <= network.layers().size(); number++) {
            RandomLayers.Layer layer = network.layers().get(number - 1);
            int in = network.units(number - 1);
            model.tensor("w" + number, numbers(in * layer.units()), in, layer.units());
            String z = values + "z" + number;
            if (layer.bias()) {
                model.tensor("b" + number, numbers(layer.units()), layer.units());
                model.node("Gemm", z, last + " w" + number + " b" + number);
            } else {
                model.node("MatMul", z, last + " w" + number);
            }
            last = z;
            if (layer.activation() != Activation.IDENTITY) {
                last = values + number;
                model.node(operator(layer.activation()), last, z);
            }
        }
        Files.write(
                file,
                model.output(last, -1, network.units(network.layers().size())).bytes());
        change(file);
    }

    private String operator(Activation activation) {
        if (draw.once(15)) {
            return draw.of("Conv", "Erf", "Identity", "Dropout", "Flatten", "Cast", "Split", "Gelu", draw.of(NAMES));
        }
        return switch (activation) {
            case SILU, GELU_TANH, GELU -> "Relu";
            default ->
                Stream.of(activation.name().split("_"))
                        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining());
        };
    }

    /** Once in a while the file is not what its name says. */
    private void change(Path file) throws IOException {
        if (draw.once(5)) {
            Files.write(file, draw.damaged(Files.readAllBytes(file)));
        } else if (draw.once(10)) {
            Files.write(
                    file,
                    draw.of(
                            draw.noise(),
                            new byte[0],
                            "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
                                    .getBytes(StandardCharsets.US_ASCII),
                            "<!DOCTYPE html>".getBytes(StandardCharsets.US_ASCII)));
        } else if (draw.once(30)) {
            Files.delete(file);
            Files.createDirectory(file);
        }
    }
}
