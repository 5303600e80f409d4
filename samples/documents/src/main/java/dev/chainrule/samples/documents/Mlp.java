package dev.chainrule.samples.documents;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;
import dev.chainrule.runtime.training.Records;

/** The network of "A small MLP": three inputs, layers of four, four and one unit, all tanh. */
@Network(
        inputs = 3,
        layers = {
            @Layer(units = 4, activation = Activation.TANH),
            @Layer(units = 4, activation = Activation.TANH),
            @Layer(units = 1, activation = Activation.TANH)
        },
        loss = Loss.SUM_OF_SQUARES)
final class Mlp {
    /** The document's four records. */
    static final double[][] INPUTS = {{2, 3, -1}, {3, -1, 0.5}, {0.5, 1, 1}, {1, 1, -1}};

    static final double[][] TARGETS = {{1}, {-1}, {-1}, {1}};

    /** The document's training: 20 steps of 0.05, all parameters uniform in (-1, 1). */
    static final DocumentRun DOCUMENT = new DocumentRun(
            new double[] {
                -0.165955990594852,
                0.4406489868843162,
                -0.9997712503653102,
                -0.39533485473632046,
                -0.7064882183657739,
                -0.8153228104624044,
                -0.6274795772446582,
                -0.3088785459139045,
                -0.20646505153866013,
                0.07763346800671389,
                -0.1616109711934104,
                0.370439000793519,
                0.9157790603010039,
                0.06633056994603415,
                0.3837542279009467,
                -0.3689687379878741,
                -0.5910955005369651,
                0.7562348727818908,
                -0.9452248136041477,
                0.34093502035680445,
                -0.16539039526574606,
                0.11737965689150331,
                -0.7192261228095325,
                -0.6037970218302424,
                0.6014891373510733,
                0.936523151438795,
                -0.3731516436815143,
                0.38464523133862816,
                0.7527783045920766,
                0.7892133270076946,
                -0.8299115772604442,
                -0.9218904335342353,
                0.3730018553631673,
                0.6692513437947458,
                -0.9634234453116164,
                0.5002886298899349,
                -0.6603391608708622,
                0.7562850068588263,
                -0.8033063323338998,
                -0.15778474998989567,
                0.9777221778129894
            },
            1,
            new double[] {
                8.46245890533994, 6.459463147054313, 5.9948059164327105, 5.737235388059533, 5.4559919286156315,
                4.934173416278122, 3.761295848133659, 2.9255927486480613, 2.295245523748233, 1.7605582385246854,
                1.327524401448536, 0.9919389212301755, 0.7306617420504428, 0.5363637266252345, 0.3988286787940981,
                0.3033869147794149, 0.23672729362640302, 0.18965176695193756, 0.1557557756140329, 0.1307482466212924
            },
            new double[][] {{0.7868828154027818}, {-0.8944093141530065}, {-0.7673958231550964}, {0.9660456273616972}});

    private Mlp() {}

    static Records records() {
        return Records.copyOf(INPUTS, TARGETS);
    }
}
