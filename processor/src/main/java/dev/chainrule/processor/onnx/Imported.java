package dev.chainrule.processor.onnx;

import dev.chainrule.processor.network.TrainedNetwork;
import java.util.List;
import java.util.Optional;

/**
 * What the import of a model yields.
 *
 * @param network the network without a loss, where there is no problem
 */
public record Imported(Optional<TrainedNetwork> network, List<OnnxProblem> problems) {}
