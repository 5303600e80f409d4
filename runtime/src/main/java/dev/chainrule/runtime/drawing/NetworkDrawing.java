package dev.chainrule.runtime.drawing;

import dev.chainrule.runtime.Shapes;
import dev.chainrule.runtime.TrainableNetwork;

/**
 * Draws the graph of a network with its numbers for one record, as a Scalable Vector Graphics file: units in columns,
 * each layer right of all that it reads, and a line a weight; grey lines lead to units that add, multiply, concatenate
 * or scale. Blue is above 0 and orange below, the wider or the stronger the larger; every line and unit tells its name
 * and number to who points at it. Of a layer with more than eight units the first four and the last four are drawn.
 */
public final class NetworkDrawing {
    private static final int TITLE_HEIGHT = 56;

    private NetworkDrawing() {}

    /**
     * Two panels: above, inputs {@code x} and activations {@code a} in the units, biases {@code b} below them and weights
     * {@code w} on the lines; below, the derivatives of the error: {@code dE/dx} and {@code dE/dz} in the units,
     * {@code dE/dw} on the lines. Units of layers without weights, or with shared ones, are empty below: no derivative
     * by a parameter tells theirs.
     *
     * @param title a line above the panels
     * @param network a network that tells its {@link TrainableNetwork#description() description} and the
     *     {@link TrainableNetwork#activations values of its units}, as every generated network does; its parameters are read
     * @param input {@code inputs()} values
     * @param target {@code outputs()} values
     * @return the text of the file, to be written in UTF-8
     * @throws IllegalArgumentException if {@code input} or {@code target} has a wrong length, or a constant of the
     *     network is not set
     * @throws UnsupportedOperationException if the network does not tell what is needed
     */
    public static String svg(String title, TrainableNetwork network, double[] input, double[] target) {
        Shapes.checkLength("input", input, network.inputs());
        Shapes.checkLength("target", target, network.outputs());
        Sources sources = new Sources(network.description());
        Columns columns = Columns.of(network.description(), sources);
        int height = Panel.height(columns);
        Numbers values = Numbers.values(network, sources, input);
        Numbers gradients = Numbers.gradients(network, sources, values, input, target);
        Svg svg = new Svg(Panel.width(columns), TITLE_HEIGHT + 2 * height);
        svg.text(24, 28, 18, false, title);
        new Panel(svg, TITLE_HEIGHT, columns, sources, values, "", "a")
                .draw("Values: inputs x and activations a in the units, biases b below them, weights w on the lines");
        new Panel(svg, TITLE_HEIGHT + height, columns, sources, gradients, "dE/d", "z")
                .draw("Gradients: dE/dx and dE/dz in the units (dE/db is dE/dz), dE/dw on the lines");
        return svg.toString();
    }
}
