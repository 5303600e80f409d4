package dev.chainrule.processor;

import dev.chainrule.processor.declaration.NetworkDeclaration;
import dev.chainrule.processor.resources.Quoted;
import dev.chainrule.processor.validation.Problem;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/** What the compiler is to say: problems of declarations, and what goes wrong in the processor itself. */
final class Reports {
    /** As many say where it happened. */
    private static final int FRAMES = 8;

    /** What an exception says of itself can be as long as a file. */
    private static final int LONGEST_REASON = 1000;

    private final Messager messager;

    Reports(Messager messager) {
        this.messager = messager;
    }

    void error(Problem problem) {
        print(Diagnostic.Kind.ERROR, problem);
    }

    /** Says of something that no class depends on that it is wrong. */
    void warning(Problem problem) {
        print(Diagnostic.Kind.WARNING, problem);
    }

    /** Says how far something is that takes its time. */
    void note(NetworkDeclaration declaration, String text) {
        messager.printMessage(Diagnostic.Kind.NOTE, "Proving: " + text, declaration.type());
    }

    private void print(Diagnostic.Kind kind, Problem problem) {
        messager.printMessage(kind, problem.text(), problem.element(), problem.annotation(), problem.value());
    }

    /** Does something. Whatever it throws becomes one error, on an element or null: compilers end with a stack trace otherwise. */
    void guard(Element element, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error failure) {
            messager.printMessage(Diagnostic.Kind.ERROR, crash(failure), element);
        }
    }

    /** The text for what should never be thrown. */
    static String crash(Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            return "[OutOfMemory] The compiler has too little memory to generate a class here; give it more, for javac by -J-Xmx"
                    + " (" + reason(failure) + ").";
        }
        return "[ProcessorFailed] Chainrule's processor failed here, which is a fault of its own; please report it, with this"
                + " declaration and this text: " + trace(failure);
    }

    private static String trace(Throwable failure) {
        String frames = Arrays.stream(failure.getStackTrace())
                .limit(FRAMES)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
        Throwable cause = failure.getCause();
        return reason(failure) + frames + (cause == null ? "" : "\n  caused by " + trace(cause));
    }

    /** What an exception says, on one line. */
    static String reason(Throwable failure) {
        return Quoted.printable(failure.toString(), LONGEST_REASON);
    }
}
