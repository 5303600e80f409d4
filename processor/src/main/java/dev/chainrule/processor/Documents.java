package dev.chainrule.processor;

import dev.chainrule.processor.declaration.NetworkDeclaration;
import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.documents.DotGraph;
import dev.chainrule.processor.documents.LatexDocument;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.page.DerivationPage;
import dev.chainrule.processor.page.Ensured;
import dev.chainrule.processor.page.ForwardPage;
import dev.chainrule.processor.resources.Quoted;
import dev.chainrule.processor.validation.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.annotation.processing.Filer;
import javax.tools.FileObject;
import javax.tools.StandardLocation;

/**
 * The documents beside a generated class: its derivation as a page and in LaTeX, its graph in the language of Graphviz. They are
 * put among the generated sources. Where these have no directory of their own, compilers put them among the classes,
 * and a document would end in a jar: there is none then. Nothing that is compiled depends on documents: their texts are
 * found one after the other while the compiler goes on, and {@link #write} writes them; what fails is a warning.
 */
final class Documents {
    private static final Pattern FOLDER = Pattern.compile("\\w[\\w.-]*(/\\w[\\w.-]*)*");

    private final Filer filer;
    private final ClassOutput classes;
    private final Options options;
    private final Reports reports;
    private final List<Document> documents = new ArrayList<>();
    private CompletableFuture<String> lastText = CompletableFuture.completedFuture("");

    /** A document whose text is on its way. */
    private record Document(
            NetworkDeclaration declaration, String name, FileObject file, CompletableFuture<String> text) {}

    Documents(Filer filer, ClassOutput classes, Options options, Reports reports) {
        this.filer = filer;
        this.classes = classes;
        this.options = options;
        this.reports = reports;
    }

    /**
     * Makes those of a class that are asked for.
     *
     * @param ensured of the frozen class of the same declaration, which its page shows
     */
    void make(NetworkDeclaration declaration, Documented made, Optional<Ensured> ensured) {
        GeneratedType type = made.type();
        Derivation derivation = made.derivation();
        Network network = derivation.network();
        String name = path(type);
        if (options.isOn(Options.LATEX)) {
            make(declaration, name + ".tex", () -> LatexDocument.of(type, derivation));
        }
        if (options.isOn(Options.DOT)) {
            make(declaration, name + ".dot", () -> DotGraph.of(type, network));
        }
        if (DerivationPage.hasPaths(derivation)) {
            makePage(
                    declaration,
                    type,
                    network,
                    () -> DerivationPage.of(
                            type,
                            derivation,
                            made.program(),
                            made.source(),
                            !declaration.also().value().isEmpty(),
                            made.numbers(),
                            ensured));
        }
    }

    /** Makes the page of a frozen class whose declaration has no class that can be trained, where it is asked for. */
    void make(NetworkDeclaration declaration, GeneratedType type, Ensured ensured) {
        makePage(declaration, type, ensured.trained().network(), () -> ForwardPage.of(type, ensured));
    }

    private void makePage(NetworkDeclaration declaration, GeneratedType type, Network network, Supplier<String> text) {
        String folder = options.value(Options.PAGE, "true");
        boolean isFolder = !folder.equalsIgnoreCase("true");
        if (folder.equalsIgnoreCase("false") || network.parameters() > DerivationPage.PARAMETERS) {
            return;
        }
        if (isFolder && !FOLDER.matcher(folder).matches()) {
            reports.error(Problem.with(
                    declaration,
                    "PageFolder",
                    "-A" + Options.PAGE + "=" + Quoted.plain(folder) + " is neither true nor false nor a folder such as"
                            + " pages/networks, which is made among the generated sources."));
            return;
        }
        make(declaration, (isFolder ? folder + "/" : "") + path(type) + ".html", text);
    }

    private static String path(GeneratedType type) {
        return type.qualifiedName().replace('.', '/');
    }

    /**
     * Makes one.
     *
     * @param name its path among the generated sources
     * @param text gives the text, in another thread
     */
    void make(NetworkDeclaration declaration, String name, Supplier<String> text) {
        try {
            FileObject file = filer.createResource(StandardLocation.SOURCE_OUTPUT, "", name, declaration.type());
            if (!classes.isPlaceOf(file, name)) {
                lastText = lastText.handleAsync((previous, failure) -> text.get());
                documents.add(new Document(declaration, name, file, lastText));
            }
        } catch (IllegalArgumentException noSuchPlace) {
            // The Eclipse compiler's way to say that there is no directory of generated sources.
        } catch (IOException | RuntimeException | Error e) {
            notWritten(declaration, name, e);
        }
    }

    /** Writes all, once there is nothing left to generate: in UTF-8, as no reader asks for the compiler's encoding. */
    void write() {
        for (Document document : documents) {
            try {
                byte[] bytes = document.text().join().getBytes(StandardCharsets.UTF_8);
                try (OutputStream stream = document.file().openOutputStream()) {
                    stream.write(bytes);
                }
            } catch (CompletionException e) {
                notWritten(document.declaration(), document.name(), e.getCause());
            } catch (IOException | RuntimeException | Error e) {
                notWritten(document.declaration(), document.name(), e);
            }
        }
    }

    private void notWritten(NetworkDeclaration declaration, String name, Throwable failure) {
        String what = failure instanceof IOException ? Reports.reason(failure) : Reports.crash(failure);
        reports.warning(Problem.named(declaration, "DocumentNotWritten", name + " is left out: " + what));
    }
}
