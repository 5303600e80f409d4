package dev.chainrule.processor.model;

import java.util.Set;

/**
 * The class to generate, by name.
 *
 * @param packageName its package, empty for the unnamed one
 * @param name its simple name
 * @param declaredName the declaring type as the package sees it, {@code Outer.Inner}
 * @param isPublic whether it is public, or else visible in its package alone
 * @param shadowed the simple names of {@code java.lang} that the package gives another meaning
 * @param canNameGenerator whether {@code javax.annotation.processing.Generated} can be seen from there
 */
public record GeneratedType(
        String packageName,
        String name,
        String declaredName,
        boolean isPublic,
        Set<String> shadowed,
        boolean canNameGenerator) {
    /** The {@code java.lang} types that generated code names. */
    public static final Set<String> USED_OF_JAVA_LANG = Set.of(
            "Override",
            "String",
            "ModuleLayer",
            "IllegalArgumentException",
            "ThreadLocal",
            "Math",
            "StrictMath",
            "Double",
            "Float");

    /** The fully qualified name. */
    public String qualifiedName() {
        return packageName.isEmpty() ? name : packageName + "." + name;
    }
}
