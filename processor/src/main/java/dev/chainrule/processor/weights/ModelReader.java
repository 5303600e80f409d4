package dev.chainrule.processor.weights;

import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.resources.UnusableFileException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Reads networks from models that are texts: layers as JSON, and the format NNet. */
public final class ModelReader {
    /** As text a number takes some 20 bytes, and the largest class has a few million. */
    private static final long MOST_BYTES = 128L << 20;

    private ModelReader() {}

    /** Whether a file is such a model, by its name. */
    public static boolean reads(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".json") || name.endsWith(".nnet");
    }

    /**
     * The network of a file, without a loss.
     *
     * @param mostParameters how many the network may have
     * @throws UnusableFileException if the file cannot be read, or is of no network that can be a class
     */
    public static TrainedNetwork read(Path file, int mostParameters) throws UnusableFileException {
        try {
            long length = Files.size(file);
            if (length > MOST_BYTES) {
                throw new UnusableFileException(
                        "FileTooLarge",
                        "It has " + length + " bytes; a model that can be a class has at most " + MOST_BYTES + ".");
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            boolean isJson =
                    file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".json");
            return isJson ? LayersJson.read(text, mostParameters) : Nnet.read(text, mostParameters);
        } catch (UnusableFileException e) {
            throw new UnusableFileException(e.code(), file + ": " + e.getMessage());
        } catch (CharacterCodingException e) {
            throw new UnusableFileException("NotAModel", file + ": This is no text in UTF-8.");
        } catch (IOException e) {
            throw new UnusableFileException("FileNotReadable", file + " cannot be read: " + e);
        }
    }
}
