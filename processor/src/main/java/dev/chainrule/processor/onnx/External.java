package dev.chainrule.processor.onnx;

import com.google.protobuf.ByteString;
import dev.chainrule.processor.resources.Quoted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where the numbers of a tensor stand, if not in the model: in a file beside it.
 *
 * @param location the name of the file
 * @param offset where they begin in it
 * @param length how many bytes they take, or -1 for as many as the shape says
 */
record External(String location, long offset, long length) {
    private static final String CODE = "OnnxTensor";

    /**
     * Reads the numbers.
     *
     * @param folder that of the model
     * @param most how many bytes there may be
     */
    ByteString read(Path folder, Tensor tensor, long most) throws OnnxException {
        Path file = file(folder);
        long numbers = tensor.shape().numbersFrom(0);
        long size = length >= 0 || numbers == Shape.OPEN
                ? length
                : numbers * tensor.type().bytes();
        if (size < 0 || size > most) {
            throw new OnnxException(
                    "OnnxTooLarge",
                    what() + ", " + size + " bytes; those of a model that can be a class take at most " + most + ".");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            if (offset < 0 || offset > channel.size() - size) {
                throw new OnnxException(
                        CODE,
                        what() + ", bytes " + offset + " to " + (offset + size) + " of it, and it has " + channel.size()
                                + "; get the file that belongs to the model.");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) size);
            while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {
                // Until all is there
            }
            return ByteString.copyFrom(bytes.flip());
        } catch (IOException e) {
            throw new OnnxException(CODE, what() + ", which cannot be read: " + e);
        }
    }

    /** The file beside the model; none that a name or a link leads to elsewhere. */
    private Path file(Path folder) throws OnnxException {
        try {
            Path file = folder.resolve(location);
            boolean isBeside =
                    folder.equals(file.getParent()) && !Path.of(location).isAbsolute();
            if (isBeside
                    && Files.isRegularFile(file)
                    && file.toRealPath().getParent().equals(folder.toRealPath())) {
                return file;
            }
        } catch (InvalidPathException | IOException notThere) {
            // It is none then
        }
        throw new OnnxException(
                CODE,
                what() + ", which is no file beside the model; put it there, or save the model as one file (in PyTorch,"
                        + " torch.onnx.export(..., external_data=False)).");
    }

    private String what() {
        return "Numbers of the model are in " + Quoted.of(location);
    }
}
