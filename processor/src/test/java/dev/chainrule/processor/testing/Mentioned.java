package dev.chainrule.processor.testing;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/** The names that sources mention. */
public final class Mentioned {
    /** A comment or a text, or else a name. */
    private static final Pattern TOKEN = Pattern.compile(
            "//[^\\n]*|/\\*(?s:.*?)\\*/|\"\"\"(?s:.*?)\"\"\"|\"[^\"\\n]*\"|(?<![\\w.])([A-Za-z_$][\\w$]*)|[0-9][\\w.]*");

    private static final Pattern IMPORT = Pattern.compile("(?m)^import [\\w. ]+\\.([A-Z]\\w*)(\\.\\w+)?;$");

    /** Names that no type can have. */
    private static final Set<String> RESTRICTED = Set.of("permits", "record", "sealed", "var", "yield");

    private Mentioned() {}

    /** Every simple name that code begins with somewhere: of types, packages, members and variables. */
    public static Set<String> in(Collection<String> sources) {
        Set<String> names = new TreeSet<>();
        for (String source : sources) {
            Matcher token = TOKEN.matcher(source);
            while (token.find()) {
                String name = token.group(1);
                if (name != null && !SourceVersion.isKeyword(name) && !RESTRICTED.contains(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** The simple names of the types that are imported, as a whole or for a function. */
    public static Set<String> imported(Collection<String> sources) {
        Set<String> names = new TreeSet<>();
        for (String source : sources) {
            Matcher matcher = IMPORT.matcher(source);
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    /** A type of each name. */
    public static String types(Collection<String> names) {
        return names.stream().map(name -> "class " + name + " {}\n").collect(Collectors.joining());
    }
}
