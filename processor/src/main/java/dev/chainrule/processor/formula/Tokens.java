package dev.chainrule.processor.formula;

import dev.chainrule.processor.formula.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A formula's text as words. */
final class Tokens {
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern NUMBER = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final Pattern OPERATOR = Pattern.compile("[<>=!]=|&&|\\|\\||[-+*/^()<>?:,;=]");

    /** After these a minus is a sign. */
    private static final Set<String> BEFORE_SIGN =
            Set.of("+", "-", "*", "/", "^", "(", "<", ">", "<=", ">=", "==", "!=", "?", ":", ",", "&&", "||");

    private Tokens() {}

    /** The words, and the end. */
    static List<Token> of(String text) {
        List<Token> tokens = new ArrayList<>();
        int column = 0;
        while (true) {
            column = end(SPACE, text, column);
            if (column == text.length()) {
                tokens.add(new Token(Kind.END, "", column));
                return tokens;
            }
            Token token = next(text, column);
            tokens.add(token);
            column += token.text().length();
        }
    }

    private static Token next(String text, int column) {
        for (Kind kind : List.of(Kind.NUMBER, Kind.NAME, Kind.OPERATOR)) {
            int end = end(pattern(kind), text, column);
            if (end > column) {
                if (kind == Kind.NUMBER && end < text.length() && Character.isJavaIdentifierStart(text.charAt(end))) {
                    throw new FormulaException(
                            end, "A number ends here and a name begins; write * between them for their product.");
                }
                return new Token(kind, text.substring(column, end), column);
            }
        }
        int character = text.codePointAt(column);
        throw new FormulaException(
                column,
                "The character " + Mistake.quoted(Character.toString(character))
                        + " has no place in a formula; names consist of the letters A to Z and a to z, digits and _.");
    }

    private static Pattern pattern(Kind kind) {
        return switch (kind) {
            case NUMBER -> NUMBER;
            case NAME -> NAME;
            case OPERATOR -> OPERATOR;
            case END -> throw new IllegalArgumentException("The end has no characters");
        };
    }

    /** Where what a pattern finds at a column ends; there, where it finds nothing. */
    private static int end(Pattern pattern, String text, int column) {
        Matcher matcher = pattern.matcher(text).region(column, text.length());
        return matcher.lookingAt() ? matcher.end() : column;
    }

    /** The text of words, with spaces where they help: the same for formulas that differ in their spaces alone. */
    static String text(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        Token before = new Token(Kind.OPERATOR, "(", 0);
        boolean isAfterSign = false;
        for (Token token : tokens) {
            boolean isCall = token.is("(") && before.kind() == Kind.NAME;
            boolean isTight = isAfterSign || isCall || before.is("(") || before.is("^") || isTightAfterAny(token);
            text.append(isTight ? "" : " ").append(token.kind() == Kind.NUMBER ? number(token) : token.text());
            isAfterSign = token.is("-") && before.kind() == Kind.OPERATOR && BEFORE_SIGN.contains(before.text());
            before = token;
        }
        return text.toString();
    }

    private static boolean isTightAfterAny(Token token) {
        return token.is(")") || token.is("^") || token.is(",");
    }

    private static String number(Token token) {
        double value = Double.parseDouble(token.text());
        return value == Math.rint(value) && value < 1e6 ? Integer.toString((int) value) : Double.toString(value);
    }
}
