package dev.chainrule.runtime.training;

import java.util.function.ToDoubleFunction;

/** A number that is computed of the validation records after each epoch, and by which name it goes in the history. */
record NamedMetric(String name, ToDoubleFunction<Metrics> function) {}
