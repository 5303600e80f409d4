package dev.chainrule.processor.classes;

import dev.chainrule.processor.network.GeneratedType;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The imports of a class that is put together as text. Whatever a generated class names is imported by name, what is of
 * java.lang, too: such an import goes before the types of the package, so that it does not matter which these are. One
 * type cannot be imported, that of the class's own simple name; it stands in the code by its qualified name.
 */
final class Imports {
    /** A comment, or a type's simple name that stands alone. */
    private static final Pattern COMMENT_OR_TYPE =
            Pattern.compile("//[^\\n]*|/\\*(?s:.*?)\\*/|(?<![\\w.])([A-Z]\\w*[a-z]\\w*)");

    private static final Pattern IMPORT = Pattern.compile("(?m)^import (static )?([\\w.]+);\n");

    private static final String START = "/**\n";

    private final GeneratedType type;
    private final Set<String> functions = new TreeSet<>();
    private final Set<String> types = new TreeSet<>();

    /** No imports yet. */
    Imports(GeneratedType type) {
        this.type = type;
    }

    /** Adds the imports of a file; returns the file's class. */
    String addAll(String file) {
        int start = file.indexOf(START);
        Matcher head = IMPORT.matcher(file).region(0, start);
        while (head.find()) {
            (head.group(1) == null ? types : functions).add(head.group(2));
        }
        return file.substring(start);
    }

    /** Adds functions by their qualified names. */
    void addFunctions(Set<String> names) {
        functions.addAll(names);
    }

    /** Removes the functions whose qualified names a pattern matches; returns what its group is of each. */
    Set<String> remove(Pattern pattern) {
        Set<String> removed = new TreeSet<>();
        functions.removeIf(function -> {
            Matcher matcher = pattern.matcher(function);
            return matcher.matches() && removed.add(matcher.group(1));
        });
        return removed;
    }

    /**
     * Adds the types that some code names by their simple names.
     *
     * @param code does not name the class itself
     * @param qualified gives the qualified name of a type
     * @return the code, with the qualified name of a type that cannot be imported
     */
    String addAllOf(String code, UnaryOperator<String> qualified) {
        return COMMENT_OR_TYPE.matcher(code).replaceAll(match -> {
            String name = match.group(1);
            return Matcher.quoteReplacement(name == null ? match.group() : reference(name, qualified.apply(name)));
        });
    }

    private String reference(String name, String qualifiedName) {
        if (name.equals(type.name())) {
            return qualifiedName;
        }
        types.add(qualifiedName);
        return name;
    }

    /** The file of the class. */
    String file(String classText) {
        StringBuilder file = new StringBuilder();
        if (!type.packageName().isEmpty()) {
            file.append("package ").append(type.packageName()).append(";\n\n");
        }
        functions.forEach(
                function -> file.append("import static ").append(function).append(";\n"));
        file.append(functions.isEmpty() ? "" : "\n");
        types.forEach(name -> file.append("import ").append(name).append(";\n"));
        return file.append(types.isEmpty() ? "" : "\n").append(classText).toString();
    }
}
