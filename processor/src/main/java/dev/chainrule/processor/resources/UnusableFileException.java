package dev.chainrule.processor.resources;

/** A file that a declaration names and that cannot be used. */
public final class UnusableFileException extends Exception {
    private static final long serialVersionUID = 1;

    private final String code;

    /**
     * @param code a word to search for
     * @param message what is wrong and what to do
     */
    public UnusableFileException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** A word to search for. */
    public String code() {
        return code;
    }
}
