package dev.chainrule.processor.proof;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.LayerKind;
import dev.chainrule.annotations.Precision;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.formula.Formulas;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Output;
import dev.chainrule.processor.network.Part;
import dev.chainrule.processor.network.Source;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.property.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Random networks of all kinds with their numbers, and boxes and records for them. */
final class RandomTrained {
    private static final List<String> FORMULAS = List.of(
            "z * tanh(softplus(z))",
            "max(0, z) + p * min(0, z); p = 0.25",
            "z > 0 ? sqrt(z) : 0",
            "z > 0.5 ? 2 : z",
            "z <= -0.25 ? -z : p * z^2",
            "sin(3 * z) + cos(z)",
            "z^3 - z",
            "z^2",
            "z * z * 0.5 - 1",
            "1 / (1 + z^2)",
            "atan(a * z + b)",
            "z * erf(z)",
            "log1p(abs(z))",
            "log(z^2 + 0.5)",
            "clamp(z, -1, 1)",
            "sign(z) * sqrt(abs(z))",
            "exp(-z^2)",
            "expm1(min(0, z)) + max(0, z)",
            "softplus(z) - sigmoid(z) / 3",
            "abs(z - p) + 0.1 * z");

    private final Random random;
    private final boolean isExtreme;
    private final List<Part> parts = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private int offset;
    private int constants;

    private RandomTrained(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.isExtreme = seed % 8 == 0;
    }

    /** The network of a seed; each eighth has some huge parameters, and some that are subnormal in either precision. */
    static TrainedNetwork of(long seed) {
        return new RandomTrained(seed).trained();
    }

    private TrainedNetwork trained() {
        int first = 0;
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            boolean isCategory = random.nextInt(5) == 0;
            int size = isCategory ? 1 : random.nextInt(12) == 0 ? 66 : 1 + random.nextInt(4);
            Part part = new Part("in" + i, first, size, isCategory ? 2 + random.nextInt(3) : 0, random.nextInt(3) - 1);
            parts.add(part);
            sources.add(part.source());
            first += size;
        }
        int depth = 1 + random.nextInt(8);
        for (int i = 0; i < depth; i++) {
            layer();
        }
        List<Output> outputs = new ArrayList<>();
        outputs.add(new Output(layers.size(), 0, layers.get(layers.size() - 1).units(), Optional.empty(), 1));
        Network network = new Network(parts, layers, outputs, Unroll.AUTO);
        double scale = random.nextInt(6) == 0 ? Math.pow(10, random.nextInt(7) - 3) : 1;
        double[] parameters =
                random.doubles(network.parameters(), -scale, scale).toArray();
        for (int i = 0; i < parameters.length; i++) {
            int kind = random.nextInt(40);
            parameters[i] = kind == 0 ? 0 : kind == 1 ? Double.MIN_VALUE * random.nextInt(5) : parameters[i];
            if (isExtreme && kind < 4) {
                parameters[i] *= kind == 2 ? 0x1p100 : kind == 3 ? 0x1p-140 : 1;
            }
        }
        TrainedNetwork trained = new TrainedNetwork(
                network,
                parameters,
                random.doubles(network.constants(), 0.5, 1.5).toArray(),
                Precision.DOUBLE);
        return random.nextInt(3) == 0 ? trained.inFloat() : trained;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void layer() {
        Source source = random.nextInt(3) > 0 ? sources.get(sources.size() - 1) : any(sources);
        LayerKind kind = any(List.of(
                LayerKind.DENSE,
                LayerKind.DENSE,
                LayerKind.DENSE,
                LayerKind.ADD,
                LayerKind.MULTIPLY,
                LayerKind.CONCATENATE,
                LayerKind.SCALE));
        List<Source> read = new ArrayList<>(List.of(source));
        for (int more = kind == LayerKind.SCALE ? 0 : random.nextInt(3); more > 0; more--) {
            Source other = any(sources);
            boolean fits = kind == LayerKind.DENSE || kind == LayerKind.CONCATENATE;
            if (fits || other.units() == source.units()) {
                read.add(other);
            }
        }
        int inputs = read.stream().mapToInt(Source::units).sum();
        int units = kind == LayerKind.DENSE
                ? 1 + random.nextInt(9)
                : kind == LayerKind.CONCATENATE ? inputs : source.units();
        boolean bias = kind == LayerKind.DENSE && random.nextInt(5) > 0;
        Layer layer = new Layer(
                "",
                kind,
                read,
                units,
                activation(),
                bias,
                0,
                kind == LayerKind.SCALE && random.nextBoolean(),
                offset,
                constants);
        offset += layer.parameters();
        constants += layer.constantsCount();
        layers.add(layer);
        sources.add(Source.layer(layers.size(), units));
    }

    private ActivationFunction activation() {
        if (random.nextInt(3) == 0) {
            return formula(any(FORMULAS));
        }
        return ActivationFunction.Named.of(any(Arrays.asList(Activation.values())));
    }

    /** A formula by its text. */
    static ActivationFunction.Formula formula(String text) {
        return Formulas.activation(text).value().orElseThrow();
    }

    /** All formulas. */
    static List<String> formulas() {
        return FORMULAS;
    }

    /** A box of inputs: wide, narrow, or with some numbers that do not change. */
    static Box box(TrainedNetwork trained, Random random) {
        FloatingPoint arithmetic = FloatingPoint.of(trained.precision());
        int inputs = trained.network().inputs();
        double[] least = new double[inputs];
        double[] greatest = new double[inputs];
        double width = Math.pow(10, -random.nextInt(9)) * 2;
        for (int i = 0; i < inputs; i++) {
            least[i] = arithmetic.literal(2 * random.nextDouble() - 1);
            greatest[i] = Math.max(least[i], arithmetic.literal(least[i] + width * random.nextDouble()));
            greatest[i] = random.nextInt(5) == 0 ? least[i] : greatest[i];
        }
        for (Part part : trained.network().parts()) {
            if (part.isCategory()) {
                least[part.first()] = part.firstCategory() + random.nextInt(part.categories());
                greatest[part.first()] = least[part.first()];
            }
        }
        return new Box(least, greatest);
    }

    /** A record of a box: anywhere, at ends or beside them. */
    static double[] input(Box box, FloatingPoint arithmetic, Random random) {
        double[] input = new double[box.size()];
        int kind = random.nextInt(3);
        for (int i = 0; i < input.length; i++) {
            double low = box.least()[i];
            double high = box.greatest()[i];
            double part = random.nextDouble();
            input[i] = switch (kind) {
                case 0 -> arithmetic.literal((1 - part) * low + part * high);
                case 1 -> part < 0.5 ? low : high;
                default -> part < 0.5 ? arithmetic.above(low) : arithmetic.below(high);
            };
            input[i] = Math.max(low, Math.min(high, input[i]));
        }
        return input;
    }
}
