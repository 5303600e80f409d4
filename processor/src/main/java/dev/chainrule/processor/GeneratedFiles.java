package dev.chainrule.processor;

import dev.chainrule.processor.declaration.NetworkDeclaration;
import dev.chainrule.processor.model.GeneratedType;
import dev.chainrule.processor.validation.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.annotation.processing.Filer;
import javax.tools.FileObject;
import javax.tools.StandardLocation;

/** Writes what is generated for a declaration, and says what could not be written. */
final class GeneratedFiles {
    private final Filer filer;
    private final Consumer<Problem> problems;
    private final List<Page> pages = new ArrayList<>();
    private CompletableFuture<String> lastText = CompletableFuture.completedFuture("");

    /** A page whose text is on its way. */
    private record Page(NetworkDeclaration declaration, String name, FileObject file, CompletableFuture<String> text) {}

    GeneratedFiles(Filer filer, Consumer<Problem> problems) {
        this.filer = filer;
        this.problems = problems;
    }

    /** Writes the source of a class; returns whether that went well. */
    boolean source(NetworkDeclaration declaration, GeneratedType type, String text) {
        try (Writer writer =
                filer.createSourceFile(type.qualifiedName(), declaration.type()).openWriter()) {
            writer.write(text);
            return true;
        } catch (IOException e) {
            notWritten(declaration, type.qualifiedName(), e);
            return false;
        }
    }

    /** Writes a text beside the source of a class, where no jar picks it up. */
    void document(NetworkDeclaration declaration, GeneratedType type, String extension, String text) {
        String file = type.name() + extension;
        try (Writer writer = filer.createResource(
                        StandardLocation.SOURCE_OUTPUT, type.packageName(), file, declaration.type())
                .openWriter()) {
            writer.write(text);
        } catch (IOException e) {
            notWritten(declaration, file, e);
        }
    }

    /**
     * Makes a page in a folder of the generated sources. Where these have no directory of their own, compilers put them among the
     * classes, and a page would end in a jar: there is none then. As nothing that is compiled depends on pages, their texts are
     * found one after the other while the compiler goes on, and {@link #writePages} writes them.
     *
     * @param folder empty, or {@code pages/networks}
     * @param text gives the text, in another thread
     */
    void page(NetworkDeclaration declaration, GeneratedType type, String folder, Supplier<String> text) {
        String file =
                (folder.isEmpty() ? "" : folder + "/") + type.qualifiedName().replace('.', '/') + ".html";
        try {
            Optional<URI> amongClasses = amongClasses(file);
            FileObject page = filer.createResource(StandardLocation.SOURCE_OUTPUT, "", file, declaration.type());
            if (!amongClasses.equals(Optional.of(page.toUri()))) {
                lastText = lastText.thenApplyAsync(previous -> text.get());
                pages.add(new Page(declaration, file, page, lastText));
            }
        } catch (IllegalArgumentException noSuchPlace) {
            // The Eclipse compiler's way to say that there is no directory of generated sources.
        } catch (IOException e) {
            notWritten(declaration, file, e);
        }
    }

    /** Writes the pages, once there is nothing left to generate. The bytes are ASCII: no browser asks for the compiler's encoding. */
    void writePages() {
        for (Page page : pages) {
            byte[] bytes = page.text().join().getBytes(StandardCharsets.ISO_8859_1);
            try (OutputStream stream = page.file().openOutputStream()) {
                stream.write(bytes);
            } catch (IOException e) {
                notWritten(page.declaration(), page.name(), e);
            }
        }
    }

    /** Where the compiler puts classes, where it tells and that is a folder. */
    Optional<Path> classOutput() {
        try {
            return amongClasses("chainrule.resources")
                    .filter(uri -> "file".equals(uri.getScheme()))
                    .map(uri -> Path.of(uri).getParent());
        } catch (IOException | IllegalArgumentException e) {
            // Some compilers have no word on files that are not there
            return Optional.empty();
        }
    }

    /** Where a file would stand among the classes. The Eclipse compiler tells it only of a file that is there. */
    private Optional<URI> amongClasses(String file) throws IOException {
        try {
            return Optional.of(
                    filer.getResource(StandardLocation.CLASS_OUTPUT, "", file).toUri());
        } catch (FileNotFoundException notThere) {
            return Optional.empty();
        }
    }

    private void notWritten(NetworkDeclaration declaration, String file, IOException e) {
        problems.accept(Problem.named(declaration, "NotWritten", file + " cannot be written: " + e.getMessage()));
    }
}
