package dev.chainrule.processor.kernels;

import dev.chainrule.runtime.KernelTables;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What kernels are made of, as private static members of another class: the text of the functions and constants, in an order in
 * which constants may stand, and the tables. A member of the class {@code Nodes} has a name that begins with {@code nodes} or
 * {@code NODES_}; those of the classes of the kernels keep theirs.
 */
public final class KernelMembers {
    /** Fields that hold tables are called so. */
    private static final String TABLE = "TABLE";

    /** A comment, or a name with the classes before it and the parenthesis after it. */
    private static final Pattern COMMENT_OR_NAME = Pattern.compile(
            "(?<comment>//[^\\n]*|/\\*(?s:.*?)\\*/)|(?<![\\w.])(?<owner>(?:[A-Z][a-z]\\w*\\.)*)(?<name>[A-Za-z_]\\w*)(?<call>\\()?");

    private static final Pattern MODIFIERS = Pattern.compile("(?m)^    (?:public |private )?static ");

    private final Map<String, String> instead;
    private final Set<String> kernels = new HashSet<>();
    private final Map<String, Optional<KernelSource>> sources = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> texts = new LinkedHashSet<>();
    private final Map<String, double[]> tables = new LinkedHashMap<>();

    private KernelMembers(Map<String, String> instead) {
        this.instead = instead;
    }

    /**
     * All that some functions need.
     *
     * @param functions their names with that of their class: {@code Kernels.sigmoid}
     * @param instead by functions that they call, {@code Math.fma}, the classes whose functions of that name they are to call
     */
    public static KernelMembers of(Set<String> functions, Map<String, String> instead) {
        KernelMembers members = new KernelMembers(instead);
        functions.forEach(function -> members.kernels.add(function.substring(0, function.indexOf('.'))));
        for (String function : functions) {
            String[] names = function.split("\\.");
            KernelSource source = members.source(names[0]).orElseThrow();
            source.methods(names[1]).forEach(method -> members.add(source, method));
        }
        return members;
    }

    /** The texts of the members, each indented by 4, with its comment. */
    public Set<String> texts() {
        return texts;
    }

    /** The tables, by the name that the texts give them. */
    public Map<String, double[]> tables() {
        return tables;
    }

    private Optional<KernelSource> source(String className) {
        return sources.computeIfAbsent(className, KernelSource::of);
    }

    private void add(KernelSource source, String member) {
        if (seen.add(source.name() + "." + member)) {
            texts.add(renamed(source, source.member(member)));
        }
    }

    /** The text of a member for the other class; what it needs is added first. */
    private String renamed(KernelSource source, String text) {
        Matcher matcher = COMMENT_OR_NAME.matcher(text);
        String renamed = matcher.replaceAll(match -> Matcher.quoteReplacement(
                matcher.group("comment") != null ? match.group() : reference(source, text, matcher, match)));
        return MODIFIERS.matcher(renamed).replaceFirst("    private static ");
    }

    private String reference(KernelSource source, String text, Matcher matcher, MatchResult match) {
        String owner = matcher.group("owner");
        String name = matcher.group("name");
        boolean isCall = matcher.group("call") != null;
        String member = isCall ? KernelSource.method(name, text, match.end()) : name;
        String written = owner.isEmpty()
                ? source.importedFrom(name).orElse(source.name())
                : owner.substring(0, owner.indexOf('.'));
        String className = instead.getOrDefault(written + "." + name, written);
        Optional<KernelSource> target = source(className);
        if (target.isEmpty()) {
            return match.group();
        } else if (name.equals(TABLE)) {
            return table(owner.isEmpty() ? className : owner.substring(0, owner.length() - 1));
        } else if (!target.get().has(member)) {
            return match.group();
        }
        add(target.get(), member);
        return (isTaken(className, member) ? prefixed(className, name, isCall) : name) + (isCall ? "(" : "");
    }

    private boolean isTaken(String className, String member) {
        return !kernels.contains(className)
                && kernels.stream()
                        .anyMatch(kernel -> source(kernel).orElseThrow().has(member));
    }

    private static String prefixed(String className, String name, boolean isCall) {
        return isCall
                ? className.substring(0, 1).toLowerCase(Locale.ROOT)
                        + className.substring(1)
                        + name.substring(0, 1).toUpperCase(Locale.ROOT)
                        + name.substring(1)
                : constant(className) + "_" + name;
    }

    private String table(String owner) {
        String name = constant(owner) + "_" + TABLE;
        tables.computeIfAbsent(name, key -> switch (owner) {
            case "Nodes.Sigmoid" -> KernelTables.sigmoid();
            case "Nodes.Tanh" -> KernelTables.tanh();
            case "Nodes.Softplus" -> KernelTables.softplus();
            case "PowersOfTwo" -> KernelTables.exp();
            default -> throw new IllegalStateException("No table of " + owner);
        });
        return name;
    }

    /** {@code NODES_SIGMOID} of {@code Nodes.Sigmoid}. */
    private static String constant(String owner) {
        return owner.replaceAll("\\.|(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }
}
