package dev.chainrule.processor;

import dev.chainrule.processor.resources.Quoted;
import dev.chainrule.processor.resources.ResourceFolders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The options of the compiler that are for this processor. One without a value, {@code -Achainrule.page=} or
 * {@code -Achainrule.page}, is as if it were not given.
 */
final class Options {
    /** Asks for the derivation as a LaTeX document beside each generated class. */
    static final String LATEX = "chainrule.latex";

    /** Asks for the graph in the language of Graphviz beside each generated class. */
    static final String DOT = "chainrule.dot";

    /** Asks for vector instructions by the module jdk.incubator.vector, where it is there at run time. */
    static final String VECTOR = "chainrule.vector";

    /** Turns off the page that shows the derivation beside each generated class, or names a folder for it. */
    static final String PAGE = "chainrule.page";

    /**
     * Says whose fma classes call: that of {@code math}, java.lang.Math's, or an {@code exact} one among their own
     * members, to the same bits, where there is no other or a slow one.
     */
    static final String FMA = "chainrule.fma";

    /**
     * Says what becomes of properties that are not proved: an error, without the option or by {@code true}; a warning, where the
     * proof ends undecided, by {@code warn}; by {@code false} there are no proofs.
     */
    static final String PROVE = "chainrule.prove";

    /** All of them: what javac warns of where no processor takes it. */
    static final Set<String> NAMES = Set.of(LATEX, DOT, VECTOR, PAGE, FMA, PROVE, ResourceFolders.OPTION);

    /** Those that ask for something, or do not. */
    private static final List<String> SWITCHES = List.of(LATEX, DOT, VECTOR);

    private final Map<String, String> values;

    /**
     * Takes the options as the compiler tells them.
     *
     * @param values by their names, null for one without a value
     */
    Options(Map<String, String> values) {
        this.values = values;
    }

    /** The value of an option, or another one where it has none. */
    String value(String option, String otherwise) {
        String value = values.get(option);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    boolean isOn(String option) {
        return Boolean.parseBoolean(value(option, "false"));
    }

    /** What is wrong with the options that ask for something, for each whose value is no answer. */
    Stream<String> unclear() {
        boolean isProveClear =
                !isProving() || isProofOptional() || value(PROVE, "true").equalsIgnoreCase("true");
        Stream<String> prove = isProveClear
                ? Stream.empty()
                : Stream.of(
                        "-A" + PROVE + "=" + Quoted.plain(value(PROVE, "")) + " is neither true nor warn nor false.");
        return Stream.concat(prove, unclearSwitches());
    }

    private Stream<String> unclearSwitches() {
        return SWITCHES.stream()
                .filter(option -> !value(option, "true").equalsIgnoreCase("true")
                        && !value(option, "false").equalsIgnoreCase("false"))
                .map(option -> "-A" + option + "=" + Quoted.plain(value(option, "")) + " is neither true nor false.");
    }

    /** Whether classes are to have an fma of their own. */
    boolean isFmaExact() {
        return value(FMA, "").equals("exact");
    }

    /** Whether properties are to be proved. */
    boolean isProving() {
        return !value(PROVE, "true").equalsIgnoreCase("false");
    }

    /** Whether a property may be left undecided. */
    boolean isProofOptional() {
        return value(PROVE, "true").equalsIgnoreCase("warn");
    }

    /** What is wrong with the options that say how to compute, if anything. */
    Optional<String> contradiction() {
        String fma = value(FMA, "math");
        if (!fma.equals("math") && !isFmaExact()) {
            return Optional.of("-A" + FMA + "=" + Quoted.plain(fma) + " is neither math, for Math.fma, nor exact,"
                    + " for an fma of each class's own.");
        }
        return isFmaExact() && isOn(VECTOR)
                ? Optional.of(
                        "-A" + FMA + "=exact is for where there is no fast Math.fma, and vector instructions need one;"
                                + " leave out -A" + VECTOR + "=true, or this.")
                : Optional.empty();
    }
}
