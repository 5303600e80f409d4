package dev.chainrule.spark;

import dev.chainrule.runtime.TrainableNetwork;
import java.io.Serializable;
import java.util.function.Function;

/** Makes a network on given parameters, wherever Spark needs one: {@code XorNetwork::new}. */
@FunctionalInterface
public interface NetworkFactory extends Function<double[], TrainableNetwork>, Serializable {}
