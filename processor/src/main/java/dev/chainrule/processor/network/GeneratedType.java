package dev.chainrule.processor.network;

/**
 * The class to generate, by name.
 *
 * @param packageName its package, empty for the unnamed one
 * @param name its simple name
 * @param declaredName the declaring type as the package sees it, {@code Outer.Inner}
 * @param isPublic whether it is public, or else visible in its package alone
 * @param canNameGenerator whether {@code javax.annotation.processing.Generated} can be seen from there
 */
public record GeneratedType(
        String packageName, String name, String declaredName, boolean isPublic, boolean canNameGenerator) {
    /** The fully qualified name. */
    public String qualifiedName() {
        return packageName.isEmpty() ? name : packageName + "." + name;
    }
}
