package dev.chainrule.processor.declaration;

/** An {@code @Ensure} as it is written. */
public record EnsureDeclaration(Declared<String> when, Declared<String> then, Declared<Integer> boxes) {}
