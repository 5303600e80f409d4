package dev.chainrule.samples.documents;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Input;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.LayerKind;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;

/**
 * The single unit of the admission records with all that is done to them: gre and gpa are standardised by constants of the network,
 * and the rank, 1 to 4, becomes four units.
 */
@Network(
        parts = {@Input(name = "scores", size = 2), @Input(name = "rank", categories = 4, first = 1)},
        layers = {
            @Layer(name = "standardised", kind = LayerKind.SCALE, from = "scores"),
            @Layer(
                    name = "admitted",
                    units = 1,
                    from = {"standardised", "rank"},
                    activation = Activation.SIGMOID,
                    bias = false)
        },
        loss = Loss.HALF_SUM_OF_SQUARES)
interface AdmissionsRaw {}
