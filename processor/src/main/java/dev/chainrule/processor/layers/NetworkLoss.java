package dev.chainrule.processor.layers;

import static dev.chainrule.processor.equations.Expression.constant;
import static dev.chainrule.processor.equations.Expression.difference;
import static dev.chainrule.processor.equations.Expression.product;

import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Output;
import dev.chainrule.processor.rules.LossRule;
import java.util.ArrayList;
import java.util.List;

/** The loss of a network: that of its outputs, or the weighted sum of those of several. */
final class NetworkLoss {
    private NetworkLoss() {}

    /** Its equations, the last of them that of E. */
    static List<Equation> of(Network network) {
        List<Equation> equations = new ArrayList<>();
        List<Expression> terms = new ArrayList<>();
        boolean isAlone = network.outputLayers().size() == 1
                && network.outputLayers().get(0).weight() == 1;
        for (Output output : network.outputLayers()) {
            Symbol loss = isAlone
                    ? Symbol.error()
                    : new Symbol(Quantity.OUTPUT_LOSS, 0, network.name(output.layer()), List.of());
            equations.addAll(of(network, output, loss));
            terms.add(product(constant(output.weight()), loss));
        }
        if (!isAlone) {
            equations.add(new Equation(
                    Symbol.error(),
                    terms.size() == 1 ? terms.get(0) : Expression.sum(terms.toArray(Expression[]::new))));
        }
        return equations;
    }

    /** That of one output; of an inverse scale, it is taken of what is scaled back and of targets that are scaled. */
    private static List<Equation> of(Network network, Output output, Symbol loss) {
        Index.Variable j = new Index.Variable("j", output.units());
        Expression target = Symbol.of(Quantity.TARGET, 0, j.plus(output.first()));
        Layer layer = network.layer(output.layer());
        int of = output.layer();
        if (network.isInverse(output)) {
            target = product(difference(target, Symbol.of(Quantity.SHIFT, of, j)), Symbol.of(Quantity.SCALE, of, j));
            return LossRule.of(
                    output.loss().orElseThrow(), j, layer.sources().get(0).value(j), target, of, loss);
        }
        return LossRule.of(output.loss().orElseThrow(), j, Symbol.activation(of, j), target, of, loss);
    }
}
