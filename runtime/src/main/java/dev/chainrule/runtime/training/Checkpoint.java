package dev.chainrule.runtime.training;

import dev.chainrule.runtime.weights.TensorFile;
import dev.chainrule.runtime.weights.WeightFileException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A file with the state of a training, open for reading; the metadata say of which training. What stands in it, each part of a
 * training writes and reads itself.
 */
final class Checkpoint implements Closeable {
    private final String name;
    private final TensorFile file;

    /** Opens a file, and checks that it is whole. */
    Checkpoint(Path path) throws IOException {
        this.name = path.toString();
        this.file = TensorFile.open(path);
        try {
            file.checkData();
        } catch (Throwable problem) {
            try {
                file.close();
            } catch (IOException another) {
                problem.addSuppressed(another);
            }
            throw problem;
        }
    }

    /** Checks that it is of the training that is expected. */
    void check(Map<String, String> description) throws WeightFileException {
        for (Map.Entry<String, String> line : description.entrySet()) {
            String found = TrainingDescription.found(file.metadata(), line.getKey());
            if (found == null || !TrainingDescription.isSame(found, line.getValue())) {
                file.checkMetadata(line.getKey(), line.getValue());
            }
        }
    }

    /** A tensor of one whole number. */
    long number(String tensor, long least, long most) throws IOException {
        long number = longs(tensor, 1)[0];
        if (number < least || number > most) {
            throw wrong(tensor + " is " + number + "; expected " + least + " to " + most);
        }
        return number;
    }

    long[] longs(String tensor, int length) throws IOException {
        long[] values = file.longs(tensor);
        checkLength(tensor, values.length, length);
        return values;
    }

    double[] doubles(String tensor, int length) throws IOException {
        double[] values = file.doubles(tensor);
        checkLength(tensor, values.length, length);
        return values;
    }

    /** Reads a tensor of as many values as the array has into it. */
    void copy(String tensor, double[] into) throws IOException {
        System.arraycopy(doubles(tensor, into.length), 0, into, 0, into.length);
    }

    WeightFileException wrong(String problem) {
        return new WeightFileException(name, problem);
    }

    private void checkLength(String tensor, int found, int expected) throws WeightFileException {
        if (found != expected) {
            throw wrong("tensor \"" + tensor + "\" has " + found + " elements; expected " + expected);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
