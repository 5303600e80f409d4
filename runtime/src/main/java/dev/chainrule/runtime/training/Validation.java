package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;
import java.util.List;

/** How well a network does on records that it is not trained on: its loss and the metrics that are asked for. */
final class Validation {
    private static final double[] NO_SUMS = {};

    private final Settings settings;
    private final BatchSource records;
    private final BatchSums sums;
    /** The sum of the records' weights. */
    private final double weight;

    private final List<NamedMetric> functions;
    /** Null where there are no functions. */
    private final Outputs outputs;
    /** Null where there are no functions. */
    private final Metrics metrics;

    private final double[] values;

    Validation(Settings settings, TrainableNetwork network, BatchSource records, Team team) {
        this.settings = settings;
        this.records = records;
        this.sums = records.sums(network, new BatchPlan(LossSum::new, records.count(), null, 0));
        this.weight = Weights.sum(records);
        this.functions = settings.metrics;
        this.values = new double[functions.size()];
        this.outputs = functions.isEmpty() ? null : new Outputs(settings.validation, team);
        this.metrics = functions.isEmpty() ? null : Metrics.of(settings.validation, outputs);
    }

    double loss() {
        return settings.loss(sums.sum(0, records.count(), NO_SUMS), weight);
    }

    /** The metrics, in the order in which they were asked for; the same array each time. */
    double[] metrics() {
        if (outputs != null) {
            outputs.compute();
            for (int i = 0; i < values.length; i++) {
                values[i] = functions.get(i).function().applyAsDouble(metrics);
            }
        }
        return values;
    }
}
