package dev.chainrule.samples.documents.curves;

import dev.chainrule.runtime.ParameterJacobianNetwork;
import dev.chainrule.runtime.training.CurveFit;
import dev.chainrule.runtime.training.LevenbergMarquardt;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.runtime.training.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A problem of NIST's reference data sets for nonlinear regression, as its file has it. */
public final class NistProblem {
    /** The models by the names of the problems, from the easiest on, as NIST lists them. */
    public static final Map<String, Supplier<ParameterJacobianNetwork>> MODELS = models();

    /** MGH10 takes 5,000 steps from its first start. */
    private static final Trainer TRAINER = Trainer.builder()
            .fullBatch(LevenbergMarquardt.forCurves())
            .epochs(10_000)
            .build();

    /** That many are certified. */
    private static final double MOST_DIGITS = 11;

    private static final Pattern DATA = Pattern.compile("Data +\\(lines (\\d+) to (\\d+)\\)");
    private static final Pattern PARAMETER = Pattern.compile("b\\d+ =\\s+(.*)");
    private static final String DEVIATION = "Residual Standard Deviation:";

    private final String name;
    private final Records records;
    /** A row a parameter: two first values, the certified one, and its standard error. */
    private final double[][] parameters;

    private final double residualDeviation;

    private NistProblem(String name, Records records, double[][] parameters, double residualDeviation) {
        this.name = name;
        this.records = records;
        this.parameters = parameters;
        this.residualDeviation = residualDeviation;
    }

    private static Map<String, Supplier<ParameterJacobianNetwork>> models() {
        Map<String, Supplier<ParameterJacobianNetwork>> models = new LinkedHashMap<>();
        models.put("Misra1a", Models_MisraNetwork::new);
        models.put("Chwirut2", Models_ChwirutNetwork::new);
        models.put("Chwirut1", Models_ChwirutNetwork::new);
        models.put("Lanczos3", Models_LanczosNetwork::new);
        models.put("Gauss1", Models_GaussNetwork::new);
        models.put("Gauss2", Models_GaussNetwork::new);
        models.put("DanWood", Models_DanWoodNetwork::new);
        models.put("Misra1b", Models_Misra1bNetwork::new);
        models.put("Kirby2", Models_Kirby2Network::new);
        models.put("Hahn1", Models_CubicsNetwork::new);
        models.put("Nelson", Models_NelsonNetwork::new);
        models.put("MGH17", Models_Mgh17Network::new);
        models.put("Lanczos1", Models_LanczosNetwork::new);
        models.put("Lanczos2", Models_LanczosNetwork::new);
        models.put("Gauss3", Models_GaussNetwork::new);
        models.put("Misra1c", Models_Misra1cNetwork::new);
        models.put("Misra1d", Models_Misra1dNetwork::new);
        models.put("Roszman1", Models_Roszman1Network::new);
        models.put("ENSO", Models_EnsoNetwork::new);
        models.put("MGH09", Models_Mgh09Network::new);
        models.put("Thurber", Models_CubicsNetwork::new);
        models.put("BoxBOD", Models_MisraNetwork::new);
        models.put("Rat42", Models_Rat42Network::new);
        models.put("MGH10", Models_Mgh10Network::new);
        models.put("Eckerle4", Models_Eckerle4Network::new);
        models.put("Rat43", Models_Rat43Network::new);
        models.put("Bennett5", Models_Bennett5Network::new);
        return models;
    }

    /**
     * Reads a problem; y of Nelson becomes its logarithm.
     *
     * @param name one of those in {@link #MODELS}
     * @param text of the file
     * @throws IllegalArgumentException if the text is not as NIST's are, with a message for the user
     */
    public static NistProblem of(String name, String text) {
        List<String> lines = text.lines().map(String::strip).toList();
        List<double[]> parameters = new ArrayList<>();
        for (String line : lines) {
            Matcher parameter = PARAMETER.matcher(line);
            if (parameter.matches()) {
                parameters.add(numbers(parameter.group(1)));
            }
        }
        Matcher data = DATA.matcher(text);
        double[] deviation = lines.stream()
                .filter(line -> line.startsWith(DEVIATION))
                .map(line -> numbers(line.substring(DEVIATION.length())))
                .findFirst()
                .orElse(new double[0]);
        boolean isWhole = deviation.length == 1
                && data.find()
                && Integer.parseInt(data.group(2)) <= lines.size()
                && parameters.stream().allMatch(row -> row.length == 4);
        if (!isWhole) {
            throw new IllegalArgumentException(
                    "the text of " + name + " is not that of a nonlinear problem, as NIST has them");
        }
        double[][] rows = lines.subList(Integer.parseInt(data.group(1)) - 1, Integer.parseInt(data.group(2))).stream()
                .map(NistProblem::numbers)
                .toArray(double[][]::new);
        double[][] inputs = Arrays.stream(rows)
                .map(row -> Arrays.copyOfRange(row, 1, row.length))
                .toArray(double[][]::new);
        double[][] targets = Arrays.stream(rows)
                .map(row -> new double[] {name.equals("Nelson") ? StrictMath.log(row[0]) : row[0]})
                .toArray(double[][]::new);
        return new NistProblem(
                name, Records.copyOf(inputs, targets), parameters.toArray(double[][]::new), deviation[0]);
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /**
     * How a fit went; digits as NIST counts them, {@code -log10} of the relative error, 11 at most, of the value that has fewest.
     *
     * @param steps that were taken
     * @param hasConverged whether it ended by itself
     * @param parameters digits of the parameters
     * @param standardErrors digits of their standard errors
     * @param residualDeviation digits of the residual standard deviation
     */
    public record Result(
            int steps, boolean hasConverged, double parameters, double standardErrors, double residualDeviation) {}

    /**
     * Fits the model from one of the starts.
     *
     * @param start 0 or 1
     * @throws IllegalArgumentException if the parameters that were found are not told by the records
     */
    public Result fit(int start) {
        ParameterJacobianNetwork network = MODELS.get(name).get();
        int[] places = places(network);
        for (int i = 0; i < places.length; i++) {
            network.parameters()[places[i]] = parameters[i][start];
        }
        Training training = TRAINER.on(network, records);
        int steps = training.run().epochs();
        CurveFit fit = CurveFit.of(network, records);
        return new Result(
                steps,
                training.end() == Training.End.CONVERGED,
                IntStream.range(0, places.length)
                        .mapToDouble(i -> digits(network.parameters()[places[i]], parameters[i][2]))
                        .min()
                        .orElseThrow(),
                IntStream.range(0, places.length)
                        .mapToDouble(i -> digits(fit.standardError(places[i]), parameters[i][3]))
                        .min()
                        .orElseThrow(),
                digits(fit.residualStandardDeviation(), residualDeviation));
    }

    /** Where b1, b2, ... are stored, which a graph has layer by layer. */
    private int[] places(ParameterJacobianNetwork network) {
        int[] places = new int[parameters.length];
        for (int i = 0; i < places.length; i++) {
            String letter = "_b" + (i + 1) + "_";
            places[i] = IntStream.range(0, places.length)
                    .filter(place -> network.description().layout().name(place).contains(letter))
                    .findFirst()
                    .orElseThrow();
        }
        return places;
    }

    private static double digits(double found, double certified) {
        double digits = -Math.log10(Math.abs(found - certified) / Math.abs(certified));
        return Double.isNaN(digits) ? 0 : Math.min(MOST_DIGITS, digits);
    }
}
