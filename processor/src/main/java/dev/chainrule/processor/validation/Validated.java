package dev.chainrule.processor.validation;

import dev.chainrule.processor.network.Network;
import java.util.List;
import java.util.Optional;

/**
 * What validation yields.
 *
 * @param network the network, where there is no problem
 */
public record Validated(Optional<Network> network, List<Problem> problems) {}
