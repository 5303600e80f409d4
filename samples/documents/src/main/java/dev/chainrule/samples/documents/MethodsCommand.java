package dev.chainrule.samples.documents;

import dev.chainrule.runtime.training.FullBatchMethod;
import dev.chainrule.runtime.training.Lbfgs;
import dev.chainrule.runtime.training.LevenbergMarquardt;
import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.samples.documents.methods.Race;
import dev.chainrule.samples.documents.methods.Task;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Levenberg-Marquardt, L-BFGS and Adam on four small tasks, to the same loss. */
@Command(
        name = "methods",
        description =
                "Trains small networks by Levenberg-Marquardt, by L-BFGS and by Adam at the best of five rates, all from"
                        + " the same weights and all records at a step, until they come to the same loss; prints the steps and"
                        + " the seconds of the processor that each takes, and draws the losses of the sine.")
final class MethodsCommand extends Program {
    private static final double[] RATES = {0.001, 0.003, 0.01, 0.03, 0.1};

    @Option(
            names = "--data",
            paramLabel = "FILE|URL",
            description = "The admission records, as for the program of this name.")
    private String data = Admissions.ADDRESS;

    @Option(names = "--seconds", description = "How long a training may take.")
    private double seconds = 60;

    @Option(names = "--chart", paramLabel = "FILE", description = "Where to draw the losses of the sine, as PNG.")
    private Path chart = Path.of("methods.png");

    @Override
    void run() throws IOException {
        check(seconds > 0, "the time is " + seconds + " s; expected more than 0");
        List<Task> tasks = List.of(
                Task.sine(),
                Task.spirals(),
                Task.admissions(Admissions.standardised(new AdmissionsFile(data).read())),
                Task.clusters());
        print("| task | loss | Levenberg-Marquardt | L-BFGS | Adam at the best rate |%n|---|--:|--:|--:|--:|%n");
        for (Task task : tasks) {
            Race marquardt = Race.of(task, method(LevenbergMarquardt.forNetworks()), seconds);
            Race lbfgs = Race.of(task, method(new Lbfgs()), seconds);
            List<Race> adams = new ArrayList<>();
            int best = 0;
            for (int i = 0; i < RATES.length; i++) {
                adams.add(Race.of(task, adam(RATES[i]), seconds));
                best = isBetter(adams.get(i), adams.get(best), task) ? i : best;
            }
            Race adam = adams.get(best);
            print(
                    "| %s | %s | %s | %s | %s at %s |%n",
                    task.name(),
                    plain(task.goal()),
                    told(marquardt, task),
                    told(lbfgs, task),
                    told(adam, task),
                    RATES[best]);
            out().flush();
            if (task == tasks.get(0)) {
                Charts.write(chart(marquardt, lbfgs, adam, RATES[best]), chart);
            }
        }
        print("%nThe losses of the sine over time: %s%n", chart);
    }

    private static Supplier<Trainer.Builder> method(FullBatchMethod method) {
        return () -> Trainer.builder().fullBatch(method);
    }

    private static Supplier<Trainer.Builder> adam(double rate) {
        return () -> Trainer.builder().optimizer(Optimizers.adam(rate));
    }

    private static boolean isBetter(Race race, Race other, Task task) {
        return race.isThere(task) && other.isThere(task)
                ? race.seconds() < other.seconds()
                : race.loss() < other.loss();
    }

    private static String told(Race race, Task task) {
        String told = text("%d steps, %.3f s", race.steps(), race.seconds());
        return race.isThere(task) ? told : text("%s, only to %.2g", told, race.loss());
    }

    private static XYChart chart(Race marquardt, Race lbfgs, Race adam, double rate) {
        XYChart chart = Charts.empty("A 1-10-1 network learns the sine", "seconds of the processor", "loss");
        chart.getStyler().setLegendPosition(LegendPosition.InsideSW);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setXAxisLogarithmic(true);
        addLine(chart, "Levenberg-Marquardt", marquardt, Charts.BLUE);
        addLine(chart, "L-BFGS", lbfgs, Charts.GREEN);
        addLine(chart, "Adam at " + rate, adam, Charts.ORANGE);
        return chart;
    }

    private static void addLine(XYChart chart, String name, Race race, Color color) {
        double[] times = race.points().stream().mapToDouble(point -> point[0]).toArray();
        double[] losses = race.points().stream().mapToDouble(point -> point[1]).toArray();
        Charts.addLine(chart, name, times, losses, color);
    }
}
