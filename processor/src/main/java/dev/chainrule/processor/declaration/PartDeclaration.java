package dev.chainrule.processor.declaration;

/** An {@code @Input} as it is written. */
public record PartDeclaration(
        Declared<String> name, Declared<Integer> size, Declared<Integer> categories, Declared<Integer> first) {}
