package dev.chainrule.samples.documents;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a text is.
 *
 * @param place a file, or an address that begins with {@code http://} or {@code https://}
 */
record Place(String place) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /**
     * Reads all of it.
     *
     * @throws IOException if it cannot be read, with a message for the user
     */
    String text() throws IOException {
        if (place.matches("https?://.*")) {
            return download();
        }
        try {
            // Any bytes are text this way: what is no number is said to be none, with its line
            return Files.readString(Path.of(place), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + place + "; give another with --data", e);
        } catch (IOException e) {
            throw new IOException("cannot read " + place + " (" + reason(e) + "); give another with --data", e);
        }
    }

    private String download() throws IOException {
        try {
            HttpResponse<String> response = HttpClient.newBuilder()
                    .followRedirects(Redirect.NORMAL)
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create(place))
                                    .timeout(PATIENCE)
                                    .build(),
                            BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("HTTP status " + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw new IOException(
                    "cannot fetch " + place + " (" + reason(e) + "); without a network, give a copy with --data=FILE",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while fetching " + place, e);
        }
    }

    /** Some exceptions of the library say what is wrong in their name alone. */
    private static String reason(IOException e) {
        if (e instanceof ConnectException) {
            return "no connection";
        }
        return e.getMessage() != null ? e.getMessage() : e.getClass().getSimpleName();
    }
}
