package dev.chainrule.processor.property;

import dev.chainrule.processor.property.Requirement.Inequality;
import java.util.List;

/**
 * What is to hold of the outputs for each input of a box.
 *
 * @param when the box as it is written
 * @param then what is to hold, as it is written
 * @param box the inputs
 * @param requirement what is to hold
 * @param clauses the same: of each of them one inequality has to hold
 * @param boxes how many boxes a proof may look at
 */
public record Property(
        String when, String then, Box box, Requirement requirement, List<List<Inequality>> clauses, int boxes) {}
