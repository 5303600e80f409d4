package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import dev.chainrule.samples.benchmarks.contenders.Operation;
import dev.chainrule.samples.benchmarks.speed.SpeedTable.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/** A chart an operation: the time of each contender on each network. */
final class SpeedChart {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 420;

    private SpeedChart() {}

    static List<CategoryChart> of(Rounds<Subject> times) {
        return Stream.of(Operation.values())
                .map(operation -> chart(times, operation))
                .toList();
    }

    private static CategoryChart chart(Rounds<Subject> times, Operation operation) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(operation.toString())
                .xAxisTitle("network")
                .yAxisTitle("nanoseconds a record")
                .build();
        for (Contender contender : Contender.values()) {
            List<String> networks = new ArrayList<>();
            List<Double> medians = new ArrayList<>();
            for (FixedNetwork network : FixedNetwork.values()) {
                Subject subject = new Subject(network, operation, contender);
                if (times.has(subject)) {
                    networks.add(network.shape().name());
                    medians.add(times.of(subject).median());
                }
            }
            if (!medians.isEmpty()) {
                chart.addSeries(contender.toString(), networks, medians).setFillColor(Looks.of(contender));
            }
        }
        Looks.apply(chart.getStyler());
        // Without a least value, bars would begin at zero, which no logarithmic axis has.
        chart.getStyler().setYAxisMin(1.0).setYAxisLogarithmic(true);
        return chart;
    }
}
