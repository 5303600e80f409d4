package dev.chainrule.processor.page;

import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.property.Property;
import dev.chainrule.processor.property.ProvedProperty;
import java.util.List;
import java.util.Optional;

/**
 * What is ensured of the frozen class of a network.
 *
 * @param name the class
 * @param trained with the numbers as they ship
 * @param properties all of them
 * @param proved those that are proved
 */
public record Ensured(String name, TrainedNetwork trained, List<Property> properties, List<ProvedProperty> proved) {
    Optional<ProvedProperty> proofOf(Property property) {
        return proved.stream().filter(one -> one.property() == property).findFirst();
    }
}
