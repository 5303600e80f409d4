package dev.chainrule.runtime.training;

import dev.chainrule.runtime.weights.Dtype;
import dev.chainrule.runtime.weights.Tensor;
import dev.chainrule.runtime.weights.TensorFile;
import dev.chainrule.runtime.weights.WeightFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Records of a file that a {@link RecordWriter} has written, in memory that the operating system fills from the file
 * and frees as it likes: more than the heap and the machine's memory hold. Train on them with
 * {@link Trainer.Builder#shuffledByBlocks shuffling by blocks}, which reads the file in long pieces.
 *
 * <p><b>The file</b> is of the safetensors format, so that other tools can read it, and write it: a tensor
 * {@code records} of the shape {@code [records, inputs + targets]} and the dtype F64, F32 or U8, row-major, the inputs
 * of each record first; and how many inputs and targets there are, as the texts {@code chainrule.inputs} and
 * {@code chainrule.targets} of the metadata. A file that a {@link RecordWriter} has written has a checksum, too. The
 * file is not to change as long as the records are used; to save another in its place is no change (Windows does not
 * allow it). It holds no weights; records of a file get them by {@link #weighted}.
 */
public final class MappedRecords implements RecordStore {
    static final String TENSOR = "records";
    static final String INPUTS = "chainrule.inputs";
    static final String TARGETS = "chainrule.targets";
    static final String FORMAT = "chainrule.format";
    static final String VERSION = "records 1";

    /** Bytes that are mapped at a time, at most: a buffer has no more than 2 GB. */
    private static final int PIECE = 1 << 30;

    private final int count;
    private final int inputWidth;
    private final int targetWidth;
    private final Dtype dtype;
    /** In bytes. */
    private final int rowLength;
    /** Of the inputs, in bytes. */
    private final int inputLength;

    private final int rowsOfPiece;
    private final ByteBuffer[] pieces;

    private MappedRecords(TensorFile file, Tensor tensor, int inputWidth, int piece) throws IOException {
        this.count = Math.toIntExact(tensor.shape().get(0));
        int width = Math.toIntExact(tensor.shape().get(1));
        this.inputWidth = inputWidth;
        this.targetWidth = width - inputWidth;
        this.dtype = tensor.dtype();
        this.rowLength = width * (dtype.bits() / Byte.SIZE);
        this.inputLength = inputWidth * (dtype.bits() / Byte.SIZE);
        this.rowsOfPiece = piece / rowLength;
        this.pieces = new ByteBuffer[(count - 1) / rowsOfPiece + 1];
        for (int i = 0; i < pieces.length; i++) {
            int first = i * rowsOfPiece;
            int rows = Math.min(rowsOfPiece, count - first);
            pieces[i] = file.map(tensor, (long) first * rowLength, rows * rowLength);
        }
    }

    /**
     * Opens a file; all of it is read once, to check it.
     *
     * @param path the file
     * @return its records
     * @throws WeightFileException if it is not such a file, is damaged, or has a value that is not finite
     * @throws IOException if it cannot be read
     */
    public static MappedRecords open(Path path) throws IOException {
        return open(path, PIECE);
    }

    /**
     * @param piece bytes that are mapped at a time, at least those of a record
     */
    static MappedRecords open(Path path, int piece) throws IOException {
        try (TensorFile file = TensorFile.open(path)) {
            Tensor tensor = file.tensor(TENSOR);
            boolean isOurs = file.metadata().containsKey(FORMAT);
            if (isOurs) {
                file.checkMetadata(FORMAT, VERSION);
            }
            MappedRecords records = new MappedRecords(file, tensor, inputs(path, file, tensor), piece);
            if (isOurs) {
                file.checkData();
            } else {
                checkFinite(path, records);
            }
            return records;
        }
    }

    /** Checks the shape and returns the number of inputs. */
    private static int inputs(Path path, TensorFile file, Tensor tensor) throws WeightFileException {
        if (tensor.dtype() != Dtype.F64 && tensor.dtype() != Dtype.F32 && tensor.dtype() != Dtype.U8) {
            throw new WeightFileException(
                    path.toString(),
                    "tensor \"" + TENSOR + "\" has the dtype " + tensor.dtype() + "; expected F64, F32 or U8");
        }
        boolean isTable = tensor.shape().size() == 2;
        long rows = isTable ? tensor.shape().get(0) : 0;
        long width = isTable ? tensor.shape().get(1) : 0;
        int most = PIECE / (tensor.dtype().bits() / Byte.SIZE);
        if (rows < 1 || rows > Integer.MAX_VALUE || width < 2 || width > most) {
            throw new WeightFileException(
                    path.toString(),
                    "tensor " + tensor.text() + " is no table of records; expected 1 to " + Integer.MAX_VALUE
                            + " rows of 2 to " + most + " values");
        }
        String inputs = file.metadata().getOrDefault(INPUTS, "");
        boolean isNumber = inputs.matches("[1-9][0-9]{0,8}");
        if (!isNumber || Integer.parseInt(inputs) >= width) {
            file.checkMetadata(INPUTS, "1 to " + (width - 1));
        }
        int number = Integer.parseInt(inputs);
        file.checkMetadata(TARGETS, Long.toString(width - number));
        return number;
    }

    private static void checkFinite(Path path, MappedRecords records) throws WeightFileException {
        try {
            Visits.checkFinite(records);
        } catch (IllegalArgumentException e) {
            throw new WeightFileException(path.toString(), e.getMessage());
        }
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int inputWidth() {
        return inputWidth;
    }

    @Override
    public int targetWidth() {
        return targetWidth;
    }

    @Override
    public void copy(int from, int to, double[] inputs, double[] targets, int row) {
        Objects.checkFromToIndex(from, to, count);
        for (int record = from; record < to; record++) {
            ByteBuffer piece = pieces[record / rowsOfPiece];
            int begin = record % rowsOfPiece * rowLength;
            int into = row + record - from;
            read(piece, begin, inputs, into * inputWidth, inputWidth);
            read(piece, begin + inputLength, targets, into * targetWidth, targetWidth);
        }
    }

    /** Reads by absolute positions, as threads share the buffer. */
    private void read(ByteBuffer piece, int begin, double[] values, int from, int length) {
        switch (dtype) {
            case F64 -> {
                for (int i = 0; i < length; i++) {
                    values[from + i] = piece.getDouble(begin + i * Double.BYTES);
                }
            }
            case F32 -> {
                for (int i = 0; i < length; i++) {
                    values[from + i] = piece.getFloat(begin + i * Float.BYTES);
                }
            }
            default -> {
                for (int i = 0; i < length; i++) {
                    values[from + i] = piece.get(begin + i) & 0xFF;
                }
            }
        }
    }

    /** One line: {@code 400 records of 6 inputs and 1 target}. */
    @Override
    public String toString() {
        return Text.of(this);
    }
}
