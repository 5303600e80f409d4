package dev.chainrule.processor.onnx;

import java.util.List;
import java.util.Optional;

/**
 * What the import of a model yields.
 *
 * @param network the network, where there is no problem
 */
public record Imported(Optional<OnnxNetwork> network, List<OnnxProblem> problems) {}
