package dev.chainrule.processor.onnx;

import com.google.protobuf.ByteString;
import dev.chainrule.processor.resources.Quoted;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The numbers of a tensor, as many as its shape says.
 *
 * @param name the value that they are
 * @param bytes the numbers, row-major and little-endian
 */
record Constant(String name, DataType type, Shape shape, ByteBuffer bytes) {
    /** Integers are shapes, axes and exponents; weights are not. */
    private static final int MOST_INTEGERS = 10_000;

    /**
     * The numbers of a tensor.
     *
     * @throws OnnxException if they are not in the model, are not as many as the shape says, or of a type that is not read
     */
    static Constant of(String name, Tensor tensor) throws OnnxException {
        if (tensor.external().isPresent()) {
            throw new OnnxException(
                    "OnnxTensor",
                    "takes " + Quoted.of(name)
                            + ", whose numbers are in another file (external data); save the model as one file"
                            + " (in PyTorch, torch.onnx.export(..., external_data=False)).");
        }
        if (tensor.type().bytes() == 0) {
            throw new OnnxException(
                    "OnnxType",
                    "takes " + Quoted.of(name) + " of type " + tensor.type() + "; known are float and double.");
        }
        long numbers = tensor.shape().numbersFrom(0);
        long length = tensor.bytes().size()
                + (long) tensor.integers().count() * tensor.type().bytes();
        if (numbers == Shape.OPEN || numbers > length || numbers * tensor.type().bytes() != length) {
            throw new OnnxException(
                    "OnnxTensor",
                    "takes " + Quoted.of(name) + ", which has the shape " + tensor.shape() + " of type " + tensor.type()
                            + " and " + length + " bytes of numbers; the two do not fit.");
        }
        if (tensor.integers().count() > MOST_INTEGERS) {
            throw new OnnxException(
                    "OnnxTensor",
                    "takes " + Quoted.of(name) + ", which has "
                            + tensor.integers().count() + " integers; a network has some for shapes alone.");
        }
        ByteString numbersAsBytes = tensor.integers().count() == 0
                ? tensor.bytes()
                : tensor.integers().as(tensor.type());
        ByteBuffer bytes = numbersAsBytes.asReadOnlyByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
        return new Constant(name, tensor.type(), tensor.shape(), bytes);
    }

    int length() {
        return bytes.limit() / type.bytes();
    }

    double number(int index) {
        return switch (type) {
            case FLOAT -> bytes.getFloat(index * Float.BYTES);
            case DOUBLE -> bytes.getDouble(index * Double.BYTES);
            case INT32 -> bytes.getInt(index * Integer.BYTES);
            case INT64 -> bytes.getLong(index * Long.BYTES);
            case BOOL -> bytes.get(index);
            default -> throw new IllegalStateException(type + " is not read");
        };
    }

    /** Whether it is one number, which goes with values of any width and leaves them as they are shaped. */
    boolean isSingle() {
        return length() == 1 && shape.rank() <= 2;
    }

    /** The numbers times a factor, which a network needs to be finite. */
    Numbers numbers(double factor) {
        return place -> {
            double number = factor * number(place);
            if (!Double.isFinite(number)) {
                throw new OnnxException(
                        "OnnxTensor",
                        "Number " + place + " of " + Quoted.of(name) + " is " + number
                                + "; a network needs finite ones.");
            }
            return number;
        };
    }

    /** As many numbers in another shape. */
    Constant shaped(Long... sizes) {
        return new Constant(name, type, new Shape(List.of(sizes)), bytes);
    }

    /** The columns of a matrix as rows. */
    Tensor transposed() {
        int rows = Math.toIntExact(shape.size(0));
        int columns = Math.toIntExact(shape.size(1));
        byte[] swapped = new byte[length() * type.bytes()];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                bytes.get(
                        (row * columns + column) * type.bytes(),
                        swapped,
                        (column * rows + row) * type.bytes(),
                        type.bytes());
            }
        }
        return new Tensor(name, type, new Shape(List.of(shape.size(1), shape.size(0))), ByteString.copyFrom(swapped));
    }

    /** A single number as a float or double. */
    Tensor as(DataType other) {
        ByteBuffer number = ByteBuffer.allocate(other.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        if (other == DataType.FLOAT) {
            number.putFloat(0, (float) number(0));
        } else {
            number.putDouble(0, number(0));
        }
        return new Tensor(name, other, shape, ByteString.copyFrom(number));
    }

    @Override
    public String toString() {
        return Quoted.of(name) + " of shape " + shape;
    }
}
