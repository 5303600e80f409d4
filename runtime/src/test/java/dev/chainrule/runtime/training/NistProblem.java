package dev.chainrule.runtime.training;

import dev.chainrule.runtime.training.Curve.Model;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A problem of NIST's reference data sets for nonlinear regression, as its file has it.
 *
 * @param starts two arrays of first parameters
 */
record NistProblem(
        String name,
        double[][] starts,
        double[] certified,
        double[] standardErrors,
        double sumOfSquares,
        double residualStandardDeviation,
        int inputs,
        double[] x,
        double[] y) {
    private static final Pattern DATA = Pattern.compile("Data +\\(lines (\\d+) to (\\d+)\\)");
    private static final Pattern PARAMETER = Pattern.compile("b\\d+ =\\s+(.*)");

    /** The models by the names of their files; Nelson's is of the logarithm of y. */
    static final Map<String, Model> MODELS = models();

    private static Map<String, Model> models() {
        Map<String, Model> models = new LinkedHashMap<>();
        models.put("Misra1a", (x, b) -> rise(b[0], b[1].times(x[0])));
        models.put("Chwirut2", NistProblem::chwirut);
        models.put("Chwirut1", NistProblem::chwirut);
        models.put("Lanczos3", NistProblem::lanczos);
        models.put("Gauss1", NistProblem::gauss);
        models.put("Gauss2", NistProblem::gauss);
        models.put("DanWood", (x, b) -> b[0].times(constant(x[0], b).power(b[1])));
        models.put("Misra1b", (x, b) -> {
            Dual sum = b[1].times(x[0]).over(2).plus(1);
            return b[0].times(sum.square().inverse().negative().plus(1));
        });
        models.put(
                "Kirby2",
                (x, b) -> polynomial(x[0], b[0], b[1], b[2]).over(polynomial(x[0], constant(1, b), b[3], b[4])));
        models.put("Hahn1", NistProblem::cubicOverCubic);
        models.put(
                "Nelson",
                (x, b) -> b[0].minus(
                        b[1].times(x[0]).times(b[2].times(x[1]).negative().exp())));
        models.put("MGH17", (x, b) -> b[0].plus(decay(b[1], b[3], x[0])).plus(decay(b[2], b[4], x[0])));
        models.put("Lanczos1", NistProblem::lanczos);
        models.put("Lanczos2", NistProblem::lanczos);
        models.put("Gauss3", NistProblem::gauss);
        models.put("Misra1c", (x, b) -> {
            Dual sum = b[1].times(2 * x[0]).plus(1);
            return b[0].times(sum.power(constant(-0.5, b)).negative().plus(1));
        });
        models.put(
                "Misra1d",
                (x, b) -> b[0].times(b[1]).times(x[0]).over(b[1].times(x[0]).plus(1)));
        models.put(
                "Roszman1",
                (x, b) -> b[0].minus(b[1].times(x[0]))
                        .minus(b[2].over(b[3].negative().plus(x[0])).atan().over(Math.PI)));
        models.put(
                "ENSO",
                (x, b) -> b[0].plus(b[1].times(StrictMath.cos(2 * Math.PI * x[0] / 12)))
                        .plus(b[2].times(StrictMath.sin(2 * Math.PI * x[0] / 12)))
                        .plus(wave(b[4], b[5], b[3], x[0]))
                        .plus(wave(b[7], b[8], b[6], x[0])));
        models.put(
                "MGH09",
                (x, b) -> b[0].times(b[1].times(x[0]).plus(x[0] * x[0]))
                        .over(b[2].times(x[0]).plus(x[0] * x[0]).plus(b[3])));
        models.put("Thurber", NistProblem::cubicOverCubic);
        models.put("BoxBOD", (x, b) -> rise(b[0], b[1].times(x[0])));
        models.put(
                "Rat42", (x, b) -> b[0].over(b[1].minus(b[2].times(x[0])).exp().plus(1)));
        models.put("MGH10", (x, b) -> b[0].times(b[1].over(b[2].plus(x[0])).exp()));
        models.put("Eckerle4", (x, b) -> {
            Dual distance = b[2].negative().plus(x[0]).over(b[1]);
            return b[0].over(b[1]).times(distance.square().times(-0.5).exp());
        });
        models.put(
                "Rat43",
                (x, b) -> b[0].over(b[1].minus(b[2].times(x[0])).exp().plus(1).power(b[3].inverse())));
        models.put(
                "Bennett5",
                (x, b) -> b[0].times(b[1].plus(x[0]).power(b[2].inverse().negative())));
        return models;
    }

    private static Dual constant(double value, Dual[] b) {
        return Dual.of(value, b.length);
    }

    private static Dual rise(Dual height, Dual exponent) {
        return height.times(exponent.negative().exp().negative().plus(1));
    }

    private static Dual decay(Dual height, Dual rate, double x) {
        return height.times(rate.times(-x).exp());
    }

    private static Dual chwirut(double[] x, Dual[] b) {
        return b[0].times(-x[0]).exp().over(b[1].plus(b[2].times(x[0])));
    }

    private static Dual lanczos(double[] x, Dual[] b) {
        return decay(b[0], b[1], x[0]).plus(decay(b[2], b[3], x[0])).plus(decay(b[4], b[5], x[0]));
    }

    private static Dual gauss(double[] x, Dual[] b) {
        return decay(b[0], b[1], x[0]).plus(bell(b[2], b[3], b[4], x[0])).plus(bell(b[5], b[6], b[7], x[0]));
    }

    private static Dual bell(Dual height, Dual middle, Dual width, double x) {
        return height.times(
                middle.negative().plus(x).over(width).square().negative().exp());
    }

    private static Dual wave(Dual ofCosine, Dual ofSine, Dual period, double x) {
        Dual phase = period.inverse().times(2 * Math.PI * x);
        return ofCosine.times(phase.cos()).plus(ofSine.times(phase.sin()));
    }

    private static Dual cubicOverCubic(double[] x, Dual[] b) {
        return polynomial(x[0], b[0], b[1], b[2], b[3]).over(polynomial(x[0], constant(1, b), b[4], b[5], b[6]));
    }

    private static Dual polynomial(double x, Dual... coefficients) {
        Dual sum = coefficients[coefficients.length - 1];
        for (int i = coefficients.length - 2; i >= 0; i--) {
            sum = sum.times(x).plus(coefficients[i]);
        }
        return sum;
    }

    /** Null where there is no folder of them beside the checkout. */
    static Path folder() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("shared/data/nist"))) {
                return folder.resolve("shared/data/nist");
            }
        }
        return null;
    }

    static NistProblem read(String name) throws IOException {
        List<String> lines = Files.readAllLines(folder().resolve(name + ".dat"), StandardCharsets.ISO_8859_1);
        List<double[]> parameters = new ArrayList<>();
        for (String line : lines) {
            Matcher parameter = PARAMETER.matcher(line.strip());
            if (parameter.matches()) {
                parameters.add(numbers(parameter.group(1)));
            }
        }
        Matcher data = DATA.matcher(String.join("\n", lines));
        if (!data.find()) {
            throw new IOException(name + " does not tell the lines of its data");
        }
        double[][] rows = lines.subList(Integer.parseInt(data.group(1)) - 1, Integer.parseInt(data.group(2))).stream()
                .map(NistProblem::numbers)
                .toArray(double[][]::new);
        boolean isLogarithm = name.equals("Nelson");
        return new NistProblem(
                name,
                new double[][] {column(parameters, 0), column(parameters, 1)},
                column(parameters, 2),
                column(parameters, 3),
                after("Residual Sum of Squares:", lines),
                after("Residual Standard Deviation:", lines),
                rows[0].length - 1,
                Arrays.stream(rows)
                        .flatMapToDouble(row -> Arrays.stream(row).skip(1))
                        .toArray(),
                Arrays.stream(rows)
                        .mapToDouble(row -> isLogarithm ? StrictMath.log(row[0]) : row[0])
                        .toArray());
    }

    private static double after(String title, List<String> lines) {
        String line =
                lines.stream().filter(it -> it.startsWith(title)).findFirst().orElseThrow();
        return Double.parseDouble(line.substring(title.length()).strip());
    }

    private static double[] numbers(String line) {
        return Arrays.stream(line.strip().split("\\s+"))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static double[] column(List<double[]> rows, int index) {
        return rows.stream().mapToDouble(row -> row[index]).toArray();
    }

    Records records() {
        return Records.wrap(x, inputs, y, 1);
    }

    Curve curve(int start, String loss) {
        return new Curve(inputs, MODELS.get(name), loss, starts[start].clone());
    }
}
