package dev.chainrule.processor.declaration;

/**
 * An {@code @Ensure} as it is written.
 *
 * @param which how messages tell which one of several is meant, as javac cannot show it; empty where there is one alone
 */
public record EnsureDeclaration(String which, Declared<String> when, Declared<String> then, Declared<Integer> boxes) {}
