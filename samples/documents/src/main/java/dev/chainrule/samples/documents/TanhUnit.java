package dev.chainrule.samples.documents;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;

/** One tanh unit over two inputs. */
@Network(inputs = 2, layers = @Layer(units = 1, activation = Activation.TANH), loss = Loss.HALF_SUM_OF_SQUARES)
interface TanhUnit {}
