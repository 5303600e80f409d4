package dev.chainrule.runtime.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name(FlightRecorder.STEP)
@Label("Training Step")
@Category("Chainrule")
@Description("A batch: its gradient, and the step of the optimiser")
@StackTrace(false)
final class StepEvent extends Event {
    @Label("Step")
    @Description("Counted from 1, over all epochs")
    long step;

    @Label("Learning Rate")
    double rate;

    @Label("Loss")
    @Description("Of the batch, before the step")
    double loss;

    @Label("Gradient Norm")
    @Description("Euclidean, before clipping and penalties")
    double gradientNorm;
}
