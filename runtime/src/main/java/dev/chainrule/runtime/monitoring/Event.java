package dev.chainrule.runtime.monitoring;

import dev.chainrule.runtime.files.ProtobufMessage;

/** Values of one step or epoch, as TensorFlow's message {@code Event} with a {@code Summary} (tensorflow/core/framework/summary.proto). */
final class Event {
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int SUMMARY = 5;
    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;
    private static final int HISTOGRAM = 5;

    private final long step;
    private final ProtobufMessage summary = new ProtobufMessage();

    Event(long step) {
        this.step = step;
    }

    Event scalar(String tag, double value) {
        return value(new ProtobufMessage().text(TAG, tag).number(SIMPLE_VALUE, (float) value));
    }

    Event histogram(String tag, double[] values, int from, int end) {
        return value(new ProtobufMessage()
                .text(TAG, tag)
                .message(HISTOGRAM, Histogram.of(values, from, end).message()));
    }

    /** @param wallTime seconds since 1970 */
    ProtobufMessage message(double wallTime) {
        return new ProtobufMessage()
                .number(WALL_TIME, wallTime)
                .number(STEP, step)
                .message(SUMMARY, summary);
    }

    private Event value(ProtobufMessage value) {
        summary.message(VALUE, value);
        return this;
    }
}
