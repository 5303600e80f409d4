package dev.chainrule.processor.fuzz;

import com.google.testing.compile.JavaFileObjects;
import dev.chainrule.processor.testing.Compiled;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaFileObject;

/**
 * A compilation with all that it is about at random: declarations, the types beside them, options, and files.
 *
 * @param sources by the simple names of their types
 * @param classes the names of the classes to be generated, where nothing is wrong
 */
record FuzzCase(
        long seed, String packageName, Map<String, String> sources, List<String> options, List<String> classes) {
    private static final String[] IMPORTED = {"Activation", "Layer", "Loss", "Network", "Precision", "Unroll"};

    /** The case of a seed. Its files are written into a folder. */
    static FuzzCase of(long seed, Path folder) throws IOException {
        Draw draw = new Draw(seed);
        String packageName = draw.of("", "nets", "nets", "nets", "a.b.c", "\u7db2.r\u00e9seau");
        Map<String, String> sources = new LinkedHashMap<>();
        List<String> classes = new ArrayList<>();
        List<String> names = new ArrayList<>(RandomDeclaration.NAMES);
        for (int i = draw.below(3); i >= 0; i--) {
            String name = draw.of(names);
            names.remove(name);
            RandomDeclaration declaration = RandomDeclaration.of(draw, name, String.valueOf(i), folder);
            sources.put(name, declaration.text());
            declaration.classes().forEach(simpleName -> classes.add(qualified(packageName, simpleName)));
        }
        for (int i = draw.below(3); i > 0; i--) {
            String name = draw.of(names) + draw.of("", "", "Network", "Frozen", "NetworkBlocks", "NetworkVector");
            sources.putIfAbsent(name, "class " + name + " {}");
        }
        return new FuzzCase(seed, packageName, sources, options(draw, folder), classes);
    }

    private static String qualified(String packageName, String name) {
        return packageName.isEmpty() ? name : packageName + "." + name;
    }

    private static List<String> options(Draw draw, Path folder) {
        List<String> options = new ArrayList<>(List.of("-Xlint:all,-options"));
        options.addAll(draw.once(12) ? List.of("--release", draw.of("8", "9", "11", "14", "15", "17")) : List.of());
        for (String option : List.of("latex", "dot", "vector")) {
            if (draw.once(4)) {
                options.add("-Achainrule." + option
                        + (draw.once(20) ? "=yes" : draw.of("=true", "=true", "=true", "=", "")));
            }
        }
        if (draw.once(8)) {
            options.add("-Achainrule.fma" + draw.of("=exact", "=exact", "=math", "=", "", "=own"));
        }
        options.add("-Achainrule.page"
                + (draw.once(40) ? "=.." : draw.of("=false", "=false", "=false", "=true", "", "=", "=a/b")));
        options.add("-Achainrule.resources"
                + (draw.once(40) ? draw.of("", "=", "=/absent", "=" + File.pathSeparator, "=a\0b") : "=" + folder));
        if (!options.contains("--release") && draw.once(2)) {
            options.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        }
        options.add("-classpath");
        options.add(
                draw.once(60)
                        ? Compiled.annotations()
                        : Compiled.annotations() + File.pathSeparator + Compiled.runtime());
        return options;
    }

    List<JavaFileObject> files() {
        List<JavaFileObject> files = new ArrayList<>();
        sources.forEach((name, text) -> {
            StringBuilder source = new StringBuilder(packageName.isEmpty() ? "" : "package " + packageName + ";\n");
            for (String imported : IMPORTED) {
                source.append("import dev.chainrule.annotations.")
                        .append(imported)
                        .append(";\n");
            }
            files.add(JavaFileObjects.forSourceString(qualified(packageName, name), source + text + "\n"));
        });
        return files;
    }

    /** What to reproduce a failure with. */
    @Override
    public String toString() {
        return "seed " + seed + ": javac " + String.join(" ", options) + "\n" + String.join("\n", sources.values());
    }
}
