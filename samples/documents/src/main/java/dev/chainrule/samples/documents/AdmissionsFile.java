package dev.chainrule.samples.documents;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.chainrule.runtime.training.OneHot;
import dev.chainrule.runtime.training.Records;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.UnaryOperator;

/**
 * The admission records as comma-separated values under the names admit, gre, gpa and rank.
 *
 * @param place a file, or an address that begins with {@code http://} or {@code https://}
 */
record AdmissionsFile(String place) {
    private static final List<String> COLUMNS = List.of("admit", "gre", "gpa", "rank");
    private static final int RANKS = 4;

    /**
     * Reads all records: gre, gpa and the one-hot rank; the target says who was admitted.
     *
     * @throws IOException if the place cannot be read or a line is not as expected, with a message for the user
     */
    Records read() throws IOException {
        return read(AdmissionsFile::oneHot);
    }

    /**
     * Reads all records as they are: gre, gpa and the rank, 1 to 4; the target says who was admitted.
     *
     * @throws IOException if the place cannot be read or a line is not as expected, with a message for the user
     */
    Records readAsTheyAre() throws IOException {
        return read(input -> input);
    }

    /** @param transformed what becomes of gre, gpa and rank */
    private Records read(UnaryOperator<double[]> transformed) throws IOException {
        List<double[]> inputs = new ArrayList<>();
        List<double[]> targets = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> lines = CsvReader.builder()
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofNamedCsvRecord(new Place(place).text())) {
            for (NamedCsvRecord line : lines) {
                checkFields(line);
                inputs.add(transformed.apply(input(line)));
                targets.add(new double[] {number(line, "admit", "0 or 1", value -> value == 0 || value == 1)});
            }
        } catch (CsvParseException e) {
            throw new IOException(place + ": " + e.getMessage(), e);
        }
        if (inputs.isEmpty()) {
            throw new IOException(place + ": there are no records; expected a line of names, " + COLUMNS
                    + ", and then a line a record");
        }
        return Records.copyOf(inputs.toArray(double[][]::new), targets.toArray(double[][]::new));
    }

    private void checkFields(NamedCsvRecord line) throws IOException {
        List<String> names = line.getHeader();
        if (!names.containsAll(COLUMNS)) {
            throw new IOException(place + ", line 1: the columns are " + names + "; expected " + COLUMNS);
        }
        if (line.getFieldCount() != names.size()) {
            throw new IOException(place + ", line " + line.getStartingLineNumber() + ": the line ends after column "
                    + line.getFieldCount() + "; expected " + names.size() + ", " + names);
        }
    }

    private double[] input(NamedCsvRecord line) throws IOException {
        return new double[] {
            number(line, "gre", "a number", Double::isFinite),
            number(line, "gpa", "a number", Double::isFinite),
            number(line, "rank", "1 to " + RANKS, value -> value >= 1 && value <= RANKS && value == Math.rint(value))
        };
    }

    private static double[] oneHot(double[] input) {
        double[] transformed = Arrays.copyOf(input, 2 + RANKS);
        OneHot.encode((int) input[2] - 1, RANKS, transformed, 2);
        return transformed;
    }

    private double number(NamedCsvRecord line, String name, String expected, DoublePredicate isExpected)
            throws IOException {
        String field = line.getField(name);
        try {
            double value = Double.parseDouble(field);
            if (isExpected.test(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, as any other value that is not expected
        }
        throw new IOException(place + ", line " + line.getStartingLineNumber() + ", column "
                + (line.getHeader().indexOf(name) + 1) + ": " + name + " is '" + field + "'; expected " + expected);
    }
}
