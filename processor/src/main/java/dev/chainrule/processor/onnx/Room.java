package dev.chainrule.processor.onnx;

/** For the numbers that are made of a model's for each unit: a node can ask for as many as a layer has units. */
final class Room {
    /** Eight times the parameters of the largest class. */
    private static final long MOST = 16_000_000;

    private long taken;

    /** @throws OnnxException if there are too many now */
    void take(long numbers) throws OnnxException {
        taken += numbers;
        if (taken > MOST) {
            throw new OnnxException(
                    "OnnxTooLarge",
                    "makes too many numbers: those for the units of a model that can be a class are at most " + MOST
                            + ".");
        }
    }
}
