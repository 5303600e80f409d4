package dev.chainrule.processor.page;

/** Text as HTML, in ASCII. */
final class Html {
    private Html() {}

    /** Characters that HTML gives a meaning, and all outside ASCII, as references. */
    static String escaped(String text) {
        StringBuilder html = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (c == '<' || c == '>' || c == '&' || c == '"' || c > '~') {
                html.append("&#").append(c).append(';');
            } else {
                html.append((char) c);
            }
        }
        return html.toString();
    }
}
