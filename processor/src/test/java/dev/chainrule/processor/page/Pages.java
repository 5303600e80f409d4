package dev.chainrule.processor.page;

import dev.chainrule.processor.classes.NetworkWriter;
import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.loops.Lowering;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import java.util.Optional;
import java.util.Set;

/** Pages as the processor writes them, without a compiler, which takes most of the time where one is asked. */
final class Pages {
    private Pages() {}

    static String of(Topology topology) {
        Network network = Topologies.model(topology);
        GeneratedType type = new GeneratedType("nets", topology.name() + "Network", topology.name(), true, true);
        Derivation derivation = Derivation.of(network);
        Program program = Lowering.of(derivation, false);
        return DerivationPage.of(
                type,
                derivation,
                program,
                NetworkWriter.write(type, network, program, Set.of(), false),
                false,
                new double[0],
                Optional.empty());
    }
}
