package dev.chainrule.samples.documents.proofs;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a certificate says, as it stands there: what a class computes, and what is said to be proved of it.
 *
 * @param source the SHA-256 of the class's source
 * @param values how many values there are, the inputs first
 */
record Certificate(
        String className,
        String source,
        Arithmetic arithmetic,
        int inputs,
        boolean[] categories,
        int values,
        List<Step> steps,
        int[] outputs,
        List<Proof> proofs) {
    private static final int MOST = 100_000_000;

    /**
     * Values that are computed of others: {@code sums}, {@code functions}, {@code additions}, {@code products}, {@code softmax}, or
     * {@code categories}.
     *
     * @param sources what each reads, or all of them: of sums and softmax
     * @param second the second operands of additions and products
     * @param numbers the starts and weights of sums; the input and the first category of categories
     */
    record Step(
            String kind,
            int first,
            int count,
            int[] sources,
            int[] second,
            double[][] numbers,
            boolean inEight,
            List<Term> functions) {}

    /**
     * {@code constant + sum factors_i y_outputs_i > 0}, or {@code >= 0}.
     *
     * @param exact the constant, and then the factors
     */
    record Inequality(boolean strict, int[] outputs, BigDecimal[] exact) {
        /** {@code 0.5 + 2 y_0 - y_1 > 0}. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(exact[0].toString());
            for (int i = 0; i < outputs.length; i++) {
                String size = exact[i + 1].abs().toString();
                text.append(exact[i + 1].signum() < 0 ? " - " : " + ").append(size.equals("1") ? "" : size + " ");
                text.append("y_").append(outputs[i]);
            }
            return text + (strict ? " > 0" : " >= 0");
        }
    }

    /**
     * A property and the tree of its proof, which is still to be read.
     *
     * @param tree its words
     */
    record Proof(
            String when, String then, double[] least, double[] greatest, List<List<Inequality>> clauses, Words tree) {
        /**
         * What is checked, as the words of the property are not read: the numbers of the precision that an input goes through, and the
         * inequalities, with exact factors. It is for a reader to see that the words say the same.
         */
        String checked() {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < least.length; i++) {
                lines.add("x_" + i + " from " + least[i] + " to " + greatest[i]);
            }
            for (List<Inequality> clause : clauses) {
                lines.add(clause.stream().map(Inequality::toString).collect(Collectors.joining(" or ")));
            }
            return String.join("\n", lines);
        }
    }

    /** Reads the text of a certificate. */
    static Certificate read(String text) throws IOException {
        int seal = text.lastIndexOf("sha256 ");
        if (seal < 0 || !text.substring(seal + 7).strip().equals(digest(text.substring(0, seal)))) {
            throw new IOException("the certificate is not as it was written: its digest is another one");
        }
        String[] sections = text.substring(0, seal).split("(?m)^property ");
        Words words = new Words(sections[0]);
        words.expect("chainrule-certificate");
        words.expect("1");
        words.expect("class");
        String className = words.next();
        words.expect("source");
        String source = words.next();
        words.expect("circuit");
        Arithmetic arithmetic = new Arithmetic(words.next().equals("FLOAT"));
        int inputs = words.integer(MOST);
        int values = words.integer(MOST);
        words.expect("categories");
        boolean[] categories = new boolean[inputs];
        for (int category : words.integers(inputs)) {
            categories[category] = true;
        }
        List<Step> steps = new ArrayList<>();
        int known = inputs;
        for (String kind = words.next(); !kind.equals("outputs"); kind = words.next()) {
            Step step = step(kind, known, inputs, words);
            known += step.count();
            steps.add(step);
        }
        if (known != values) {
            throw new IOException("there are " + known + " values, and not " + values);
        }
        int[] outputs = words.integers(values);
        List<Proof> proofs = new ArrayList<>();
        for (int i = 1; i < sections.length; i++) {
            proofs.add(proof(new Words(sections[i]), inputs, outputs.length));
        }
        return new Certificate(className, source, arithmetic, inputs, categories, values, steps, outputs, proofs);
    }

    static String digest(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static Step step(String kind, int known, int inputs, Words words) throws IOException {
        int first = words.integer(MOST);
        int count = words.integer(MOST);
        if (first != known || count == 0) {
            throw new IOException("values " + first + " and on are not the next");
        }
        int[] none = {};
        switch (kind) {
            case "categories":
                double[] of = {words.integer(inputs), words.number()};
                return new Step(kind, first, count, none, none, new double[][] {of}, false, List.of());
            case "sums":
                boolean inEight = words.next().equals("eight");
                words.expect("sources");
                int[] sources = words.integers(known);
                double[][] rows = new double[count][];
                for (int j = 0; j < count; j++) {
                    rows[j] = words.numbers(1 + sources.length);
                }
                return new Step(kind, first, count, sources, none, rows, inEight, List.of());
            case "softmax":
                words.expect("sources");
                return checked(
                        new Step(kind, first, count, words.integers(known), none, new double[0][], false, List.of()));
            case "additions", "products":
                words.expect("left");
                int[] left = words.integers(known);
                words.expect("right");
                return checked(
                        new Step(kind, first, count, left, words.integers(known), new double[0][], false, List.of()));
            case "functions":
                int[] read = new int[count];
                List<Term> functions = new ArrayList<>();
                for (int j = 0; j < count; j++) {
                    read[j] = words.integer(known);
                    functions.add(Term.read(words));
                }
                return new Step(kind, first, count, read, none, new double[0][], false, functions);
            default:
                throw new IOException("there is no step " + kind);
        }
    }

    private static Step checked(Step step) throws IOException {
        boolean isBinary = !step.kind().equals("softmax");
        if (step.sources().length != step.count() || isBinary && step.second().length != step.count()) {
            throw new IOException("a step of " + step.count() + " values reads as many");
        }
        return step;
    }

    private static Proof proof(Words words, int inputs, int outputs) throws IOException {
        words.next();
        words.expect("boxes");
        words.integer(MOST);
        words.expect("margin");
        words.number();
        words.expect("when");
        String when = words.restOfLine();
        words.expect("then");
        String then = words.restOfLine();
        double[] least = new double[inputs];
        double[] greatest = new double[inputs];
        for (int i = 0; i < inputs; i++) {
            words.expect("input");
            least[i] = words.number();
            greatest[i] = words.number();
        }
        List<List<Inequality>> clauses = new ArrayList<>();
        while (words.takes("clause")) {
            List<Inequality> clause = new ArrayList<>();
            for (int count = words.integer(MOST); count > 0; count--) {
                clause.add(inequality(words, outputs));
            }
            clauses.add(clause);
        }
        return new Proof(when, then, least, greatest, clauses, words);
    }

    private static Inequality inequality(Words words, int outputs) throws IOException {
        boolean strict = words.next().equals(">");
        words.expect("0");
        Words line = new Words(words.restOfLine());
        List<BigDecimal> exact = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        try {
            exact.add(new BigDecimal(line.next()));
            while (!line.isAtEnd()) {
                numbers.add(line.integer(outputs));
                exact.add(new BigDecimal(line.next()));
            }
        } catch (NumberFormatException e) {
            throw new IOException("an inequality has no decimal where it needs one", e);
        }
        int[] named = numbers.stream().mapToInt(Integer::intValue).toArray();
        return new Inequality(strict, named, exact.toArray(BigDecimal[]::new));
    }
}
