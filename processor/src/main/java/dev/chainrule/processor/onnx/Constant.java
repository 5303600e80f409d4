package dev.chainrule.processor.onnx;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The numbers of a tensor, as many as its shape says.
 *
 * @param name the value that they are
 * @param bytes the numbers, row-major and little-endian
 */
record Constant(String name, DataType type, Shape shape, ByteBuffer bytes) {
    /**
     * The numbers of a tensor.
     *
     * @throws OnnxException if they are not in the model, are not as many as the shape says, or of a type that is not read
     */
    static Constant of(String name, Tensor tensor) throws OnnxException {
        if (tensor.isExternal()) {
            throw new OnnxException(
                    "OnnxTensor",
                    "takes \"" + name
                            + "\", whose numbers are in another file (external data); save the model as one file"
                            + " (in PyTorch, torch.onnx.export(..., external_data=False)).");
        }
        if (tensor.type().bytes() == 0) {
            throw new OnnxException(
                    "OnnxType", "takes \"" + name + "\" of type " + tensor.type() + "; known are float and double.");
        }
        long numbers = tensor.shape().numbersFrom(0);
        int length = tensor.bytes().size();
        if (numbers == Shape.OPEN || numbers > length || numbers * tensor.type().bytes() != length) {
            throw new OnnxException(
                    "OnnxTensor",
                    "takes \"" + name + "\", which has the shape " + tensor.shape() + " of type " + tensor.type()
                            + " and " + length + " bytes of numbers; the two do not fit.");
        }
        ByteBuffer bytes = tensor.bytes().asReadOnlyByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
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

    /** A single number as a float or double. */
    Tensor as(DataType other) {
        ByteBuffer number = ByteBuffer.allocate(other.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        if (other == DataType.FLOAT) {
            number.putFloat(0, (float) number(0));
        } else {
            number.putDouble(0, number(0));
        }
        return new Tensor(name, other, shape, false, ByteString.copyFrom(number));
    }

    @Override
    public String toString() {
        return "\"" + name + "\" of shape " + shape;
    }
}
