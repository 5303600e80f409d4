package dev.chainrule.processor;

import dev.chainrule.processor.declaration.NetworkDeclaration;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.validation.Problem;
import java.io.IOException;
import java.io.Writer;
import javax.annotation.processing.Filer;

/** Writes generated classes, and says which could not be written. */
final class GeneratedSources {
    private final Filer filer;
    private final Reports reports;

    GeneratedSources(Filer filer, Reports reports) {
        this.filer = filer;
        this.reports = reports;
    }

    /** Writes the source of a class; returns whether that went well. */
    boolean write(NetworkDeclaration declaration, GeneratedType type, String text) {
        try (Writer writer =
                filer.createSourceFile(type.qualifiedName(), declaration.type()).openWriter()) {
            writer.write(text);
            return true;
        } catch (IOException e) {
            reports.error(Problem.named(
                    declaration,
                    "NotWritten",
                    type.qualifiedName() + " cannot be written: " + Reports.reason(e) + "."));
            return false;
        }
    }
}
