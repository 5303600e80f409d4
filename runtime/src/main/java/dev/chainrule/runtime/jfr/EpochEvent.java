package dev.chainrule.runtime.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name(FlightRecorder.EPOCH)
@Label("Training Epoch")
@Category("Chainrule")
@Description("All records once, and the validation")
@StackTrace(false)
final class EpochEvent extends Event {
    @Label("Epoch")
    @Description("Counted from 0")
    int epoch;

    @Label("Step")
    @Description("The epoch's last, counted from 1, over all epochs")
    long step;

    @Label("Learning Rate")
    double rate;

    @Label("Loss")
    double loss;

    @Label("Validation Loss")
    @Description("NaN where there are no validation records")
    double validationLoss;

    @Label("Gradient Norm")
    @Description("Of the last step, Euclidean, before clipping and penalties")
    double gradientNorm;
}
