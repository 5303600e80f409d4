package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.Operation;
import dev.chainrule.samples.benchmarks.contenders.Shape;
import dev.chainrule.samples.benchmarks.speed.Sweep.Subject;
import java.util.List;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A chart an operation: time a parameter over the number of parameters. */
final class SweepChart {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 480;

    private SweepChart() {}

    static List<XYChart> of(List<Shape> shapes, Rounds<Subject> times) {
        return Stream.of(Operation.FORWARD, Operation.BACKPROP)
                .map(operation -> chart(shapes, times, operation))
                .toList();
    }

    private static XYChart chart(List<Shape> shapes, Rounds<Subject> times, Operation operation) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(operation.toString())
                .xAxisTitle("parameters")
                .yAxisTitle("nanoseconds a parameter")
                .build();
        for (Unrolled unrolled : Unrolled.values()) {
            List<Subject> subjects = shapes.stream()
                    .map(shape -> new Subject(shape, operation, unrolled))
                    .filter(times::has)
                    .toList();
            if (!subjects.isEmpty()) {
                addLine(chart, unrolled, subjects, times);
            }
        }
        Looks.apply(chart.getStyler());
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        // Labels between the powers of ten, too: the times span no more than two of them.
        chart.getStyler().setYAxisLogarithmicDecadeOnly(false);
        return chart;
    }

    private static void addLine(XYChart chart, Unrolled unrolled, List<Subject> subjects, Rounds<Subject> times) {
        double[] parameters = subjects.stream()
                .mapToDouble(subject -> subject.shape().parameters())
                .toArray();
        double[] each = subjects.stream()
                .mapToDouble(
                        subject -> times.of(subject).median() / subject.shape().parameters())
                .toArray();
        XYSeries line = chart.addSeries(unrolled.toString(), parameters, each);
        line.setMarker(SeriesMarkers.CIRCLE);
        line.setMarkerColor(Looks.of(unrolled));
        line.setLineColor(Looks.of(unrolled));
    }
}
