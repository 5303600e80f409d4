package dev.chainrule.samples.documents;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A subcommand, with {@code --help}, that prints numbers the same way in every locale. */
@Command(mixinStandardHelpOptions = true, showDefaultValues = true)
abstract class Program implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Runs the program; what it throws is reported by {@link Documents}. */
    abstract void run() throws IOException;

    @Override
    public final Integer call() throws IOException {
        run();
        return CommandLine.ExitCode.OK;
    }

    /** Where the program prints to. */
    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Prints as {@link String#format(Locale, String, Object...)} does. */
    final void print(String format, Object... values) {
        out().print(text(format, values));
    }

    /** Writes a drawing, over what was there before. */
    static void write(String drawing, Path file) throws IOException {
        try {
            Files.writeString(file, drawing);
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": " + e, e);
        }
    }

    /** Refuses what the user has asked for, in a word. */
    static void check(boolean isRight, String message) {
        if (!isRight) {
            throw new IllegalArgumentException(message);
        }
    }

    /** A number with at most six digits, and without zeros at its end. */
    static String plain(double value) {
        return new BigDecimal(value)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** The text that {@link #print} prints. */
    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
