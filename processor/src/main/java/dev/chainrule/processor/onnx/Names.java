package dev.chainrule.processor.onnx;

import java.util.Set;

/** Names of parts, made of those of a model. */
final class Names {
    /** Longer ones are cut. */
    private static final int LONGEST = 40;

    private Names() {}

    /**
     * A lower-case letter followed by letters, digits and _, like a name of a model.
     *
     * @param taken what is not to be given again, to which the name is added
     */
    static String of(String name, String end, Set<String> taken) {
        StringBuilder letters = new StringBuilder();
        name.chars().limit(LONGEST).forEach(c -> {
            boolean isKnown = c < 128 && Character.isLetterOrDigit(c);
            letters.append(isKnown ? (char) c : '_');
        });
        String own = letters.toString();
        char first = own.isEmpty() ? '_' : Character.toLowerCase(own.charAt(0));
        own = Character.isLetter(first) ? first + own.substring(1) : "input_" + own;
        // Layers without a name are called so
        own = own.startsWith("layer") ? "input_" + own : own;
        String result = own + end;
        for (int i = 2; !taken.add(result); i++) {
            result = own + end + "_" + i;
        }
        return result;
    }
}
