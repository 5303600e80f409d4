package dev.chainrule.processor.equations;

/** What formulas are written in, besides plain text and Java, which have the same names. */
public enum Notation {
    JAVASCRIPT,
    LATEX,
    MATHML
}
