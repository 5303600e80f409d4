package dev.chainrule.runtime;

/** What outputs decide. */
final class Decision {
    /** Records that are taken at a time: a block of generated networks. */
    private static final int RECORDS = 64;

    /** Inputs and outputs of some records. */
    private static final ThreadLocal<double[][]> ROOM = new ThreadLocal<>();

    private Decision() {}

    /** What a network decides for a range of records, as {@link TrainableNetwork#classify} says. */
    static void of(TrainableNetwork network, double[] inputs, int fromRecord, int toRecord, int[] classes) {
        boolean isThreshold = isThreshold(network.description());
        int width = network.inputs();
        int outputs = network.outputs();
        Shapes.checkRecords(inputs, width, "classes", classes.length, 1, fromRecord, toRecord);
        double[][] room = room(width, outputs);
        for (int from = fromRecord; from < toRecord; from += RECORDS) {
            int count = Math.min(RECORDS, toRecord - from);
            System.arraycopy(inputs, from * width, room[0], 0, count * width);
            network.forward(room[0], 0, count, room[1]);
            for (int i = 0; i < count; i++) {
                classes[from + i] = isThreshold ? byThreshold(room[1][i]) : greatest(room[1], i * outputs, outputs);
            }
        }
    }

    private static double[][] room(int inputs, int outputs) {
        double[][] room = ROOM.get();
        if (room == null || room[0].length != RECORDS * inputs || room[1].length != RECORDS * outputs) {
            room = new double[][] {new double[RECORDS * inputs], new double[RECORDS * outputs]};
            ROOM.set(room);
        }
        return room;
    }

    /** Whether it goes by whether a single output is 0.5 or more, and not by the greatest of several. */
    static boolean isThreshold(NetworkDescription network) {
        if (network.outputLayers().size() > 1) {
            throw new UnsupportedOperationException("A network of several output layers does not decide between them");
        }
        OutputDescription output = network.outputLayers().get(0);
        LayerDescription layer = network.layers().get(network.number(output.layer()) - 1);
        if (layer.units() == 1 && !layer.activation().equals("SIGMOID")) {
            throw new UnsupportedOperationException(
                    "A single output decides where its activation is SIGMOID, and this one's is " + layer.activation());
        }
        return layer.units() == 1;
    }

    static int byThreshold(double output) {
        return Double.isNaN(output) ? -1 : output >= 0.5 ? 1 : 0;
    }

    /** The number of the greatest of some outputs, the first of equals; -1 where one is NaN. */
    static int greatest(double[] outputs, int from, int count) {
        int greatest = 0;
        for (int j = 0; j < count; j++) {
            double output = outputs[from + j];
            if (Double.isNaN(output)) {
                return -1;
            }
            greatest = output > outputs[from + greatest] ? j : greatest;
        }
        return greatest;
    }
}
