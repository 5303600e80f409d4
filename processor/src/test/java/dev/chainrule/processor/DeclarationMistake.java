package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/**
 * Sources with one mistake, and what the compiler should say of it.
 *
 * @param name the mistake, in words
 * @param message all of the error
 * @param files the sources, the text at fault between {@code <<} and {@code >>} in one of them
 */
record DeclarationMistake(String name, String message, List<Source> files) {
    /** A source file by the name of its type. */
    record Source(String type, String text) {
        JavaFileObject file() {
            return UserCode.source(type, text.replace("<<", "").replace(">>", ""));
        }
    }

    /** A mistake in {@code nets/Wrong.java}. */
    static DeclarationMistake of(String name, String message, String text) {
        return new DeclarationMistake(name, message, List.of(new Source("nets.Wrong", text)));
    }

    /** A mistake in the values of {@code @Network}. */
    static DeclarationMistake inValues(String name, String message, String values) {
        return of(name, message, "@Network(" + values + ")\nfinal class Wrong {}");
    }

    /** The same, compiled after another file. */
    DeclarationMistake after(String type, String text) {
        return new DeclarationMistake(
                name,
                message,
                Stream.concat(Stream.of(new Source(type, text)), files.stream()).toList());
    }

    /** The whole output of the compiler is one error, on the text at fault. */
    void isReported() {
        Compilation compilation =
                UserCode.compile(files.stream().map(Source::file).toArray(JavaFileObject[]::new));
        assertThat(compilation.diagnostics())
                .as("all that the compiler says")
                .singleElement()
                .satisfies(this::isAtFault);
    }

    private void isAtFault(Diagnostic<? extends JavaFileObject> diagnostic) {
        Source source = files.stream()
                .filter(file -> file.text().contains("<<"))
                .findFirst()
                .orElseThrow();
        String marked = UserCode.text(UserCode.source(source.type(), source.text()));
        String text = UserCode.text(source.file());
        int start = marked.indexOf("<<");
        String fault = marked.substring(start + 2, marked.indexOf(">>"));
        // javac's caret is on the first character, or on the dot of a name such as Activation.SOFTMAX
        int caret = fault.matches("\\w+\\.\\w+") ? start + fault.indexOf('.') : start;

        assertThat(diagnostic.getKind()).isEqualTo(Diagnostic.Kind.ERROR);
        assertThat(diagnostic.getMessage(null)).isEqualTo(message);
        assertThat(diagnostic.getSource().getName()).isEqualTo(source.file().getName());
        assertThat(text.substring((int) diagnostic.getStartPosition(), (int) diagnostic.getEndPosition()))
                .isEqualTo(fault);
        assertThat(diagnostic.getStartPosition()).as("start").isEqualTo(start);
        assertThat(diagnostic.getLineNumber()).as("line").isEqualTo(line(text, caret));
        assertThat(diagnostic.getColumnNumber()).as("column").isEqualTo(column(text, caret));
    }

    private static long line(String text, int position) {
        return 1 + text.substring(0, position).chars().filter(c -> c == '\n').count();
    }

    private static long column(String text, int position) {
        return position - text.lastIndexOf('\n', position - 1);
    }

    @Override
    public String toString() {
        return name;
    }
}
