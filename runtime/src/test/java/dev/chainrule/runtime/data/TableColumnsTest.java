package dev.chainrule.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.chainrule.runtime.training.MappedRecords;
import dev.chainrule.runtime.training.RecordWriter;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.weights.Dtype;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableColumnsTest {
    private static final TableColumns ADMISSIONS = TableColumns.of(List.of("gpa", "gre"), List.of("admit"));

    private static Records query(TableColumns columns, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            Records records = columns.records(rows);
            assertThat(rows.isClosed()).isFalse();
            return records;
        }
    }

    private static Records csv(TableColumns columns, String text) {
        return columns.records(CsvReader.builder().ofNamedCsvRecord(text), NamedCsvRecord::getField);
    }

    @Test
    void rowsOfAQueryBecomeRecordsWithTheColumnsInTheOrderThatIsAskedFor() throws SQLException {
        Records records = query(
                ADMISSIONS,
                "SELECT * FROM (VALUES (0, 380, CAST(3.61 AS NUMERIC(3,2))), (1, 660, 3.67)) AS t(admit, gre, gpa)");
        assertThat(records.inputs()).containsExactly(3.61, 380, 3.67, 660);
        assertThat(records.targets()).containsExactly(0, 1);
        assertThat(records.inputWidth()).isEqualTo(2);
        assertThat(records.targetWidth()).isEqualTo(1);
    }

    @Test
    void everyTypeOfNumberIsTaken() throws SQLException {
        TableColumns columns = TableColumns.of(List.of("a", "b", "c", "d", "e", "f", "g"), List.of("h"));
        Records records = query(
                columns,
                "SELECT CAST(1 AS TINYINT) a, CAST(2 AS SMALLINT) b, CAST(3 AS INT) c, CAST(4 AS BIGINT) d,"
                        + " CAST(0.5 AS REAL) e, CAST(0.1 AS DOUBLE PRECISION) f, CAST(0.25 AS DECIMAL(4,2)) g, TRUE h");
        assertThat(records.inputs()).containsExactly(1, 2, 3, 4, 0.5, 0.1, 0.25);
        assertThat(records.targets()).containsExactly(1);
    }

    @Test
    void aColumnIsFoundByItsExactNameBeforeOneThatDiffersInCase() throws SQLException {
        TableColumns columns = TableColumns.of(List.of("x"), List.of("X"));
        Records records = query(columns, "SELECT 1 AS \"X\", 2 AS \"x\"");
        assertThat(records.inputs()).containsExactly(2);
        assertThat(records.targets()).containsExactly(1);
    }

    @Test
    void onlyRowsAfterThePresentOneAreRead() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT X AS n FROM SYSTEM_RANGE(1, 5)")) {
            rows.next();
            rows.next();
            Records records = TableColumns.of(List.of("n"), List.of("n")).records(rows);
            assertThat(records.inputs()).containsExactly(3, 4, 5);
        }
    }

    @Test
    void moreRowsThanAPieceHoldsKeepTheirOrder() throws SQLException {
        TableColumns columns = TableColumns.of(List.of("n", "n", "m"), List.of("n"));
        Records records = query(columns, "SELECT X AS n, 0.5 * X AS m FROM SYSTEM_RANGE(0, 99999)");
        assertThat(records.count()).isEqualTo(100_000);
        assertThat(records.inputs())
                .isEqualTo(IntStream.range(0, 100_000)
                        .boxed()
                        .flatMapToDouble(n -> DoubleStream.of(n, n, 0.5 * n))
                        .toArray());
        assertThat(records.targets())
                .isEqualTo(IntStream.range(0, 100_000).asDoubleStream().toArray());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT 1 AS gre, 1 AS admit                                    | there is no column gpa; the columns are [GRE, ADMIT]
            SELECT 1 AS gre, 'x' AS gpa, 1 AS admit                        | column gpa is of type CHARACTER VARYING; expected numbers or truth values
            SELECT X AS gre, 1 AS gpa, NULLIF(X, 3) AS admit FROM SYSTEM_RANGE(1, 5) | row 3, column admit: the value is NULL; expected a number
            SELECT 1 AS gre, CAST('NaN' AS DOUBLE PRECISION) AS gpa, 1 AS admit | row 1, column gpa: the value is NaN; expected a finite number
            SELECT X AS gre, 1 AS gpa, 1 AS admit FROM SYSTEM_RANGE(1, 0)  | the table has no rows; expected at least 1
            """)
    void whatAQueryLacksIsNamed(String sql, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> query(ADMISSIONS, sql))
                .withMessage(message);
    }

    @Test
    void whatTheDriverThrowsGoesThrough() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() ->
                        query(ADMISSIONS, "SELECT 1 AS gre, 1 / (X - 2) AS gpa, 1 AS admit FROM SYSTEM_RANGE(1, 5)"))
                .withMessageContaining("Division by zero");
    }

    @Test
    void rowsOfTextBecomeRecords() {
        Records records = csv(ADMISSIONS, "admit,gre,gpa\n0,380, 3.61\n1,660,3.67e0\n");
        assertThat(records.inputs()).containsExactly(3.61, 380, 3.67, 660);
        assertThat(records.targets()).containsExactly(0, 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            admit,gre,gpa/0,380,3.61/1,about 600,3 | row 2, column gre: the value is 'about 600'; expected a number
            admit,gre,gpa/0,380,                   | row 1, column gpa: the value is ''; expected a number
            admit,gre,gpa/0,380,-Infinity          | row 1, column gpa: the value is -Infinity; expected a finite number
            admit,gre,gpa                          | the table has no rows; expected at least 1
            """)
    void aTextThatIsNoNumberIsNamed(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csv(ADMISSIONS, text.replace('/', '\n')))
                .withMessage(message);
    }

    @Test
    void aLongTextOrOneOfControlCharactersIsShownShort() {
        String text = "\u001b[31m" + "x".repeat(10_000);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> TableColumns.of(List.of("n"), List.of("n")).records(List.of(Map.of("n", text)), Map::get))
                .withMessage("row 1, column n: the value is ' [31m" + "x".repeat(35) + "...'; expected a number");
    }

    @Test
    void aFieldThatIsNotThereIsNoNumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ADMISSIONS.records(List.of(Map.of("gpa", "1")), Map::get))
                .withMessage("row 1, column gre: the value is null; expected a number");
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> csv(ADMISSIONS, "admit,gre\n0,380\n"));
    }

    @Test
    void rowsGoToAFileOfRecordsAsWell(@TempDir Path folder) throws SQLException, IOException {
        Path file = folder.resolve("records.safetensors");
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                Statement statement = connection.createStatement();
                RecordWriter writer = new RecordWriter(file, 2, 1, Dtype.F32)) {
            try (ResultSet rows =
                    statement.executeQuery("SELECT X AS gre, X / 4.0 AS gpa, 1 AS admit FROM SYSTEM_RANGE(1, 3)")) {
                ADMISSIONS.write(rows, writer);
            }
            ADMISSIONS.write(List.of(Map.of("gre", "7", "gpa", "0.5", "admit", "0")), Map::get, writer);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ADMISSIONS.write(List.of(Map.of("gre", "7")), Map::get, writer))
                    .withMessage("row 1, column gpa: the value is null; expected a number");
            writer.save();
        }
        MappedRecords records = MappedRecords.open(file);
        double[] inputs = new double[8];
        double[] targets = new double[4];
        records.copy(0, records.count(), inputs, targets, 0);
        assertThat(inputs).containsExactly(0.25, 1, 0.5, 2, 0.75, 3, 0.5, 7);
        assertThat(targets).containsExactly(1, 1, 1, 0);
    }

    @Test
    void bothInputsAndTargetsNeedAColumn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableColumns.of(List.of("x"), List.of()))
                .withMessage("there are 1 columns of inputs and 0 of targets; expected at least 1 of both");
    }

    @Test
    void columnsAreValues() {
        assertThat(ADMISSIONS).isEqualTo(TableColumns.of(List.of("gpa", "gre"), List.of("admit")));
        assertThat(ADMISSIONS).hasSameHashCodeAs(TableColumns.of(List.of("gpa", "gre"), List.of("admit")));
        assertThat(ADMISSIONS).isNotEqualTo(TableColumns.of(List.of("gre", "gpa"), List.of("admit")));
        assertThat(ADMISSIONS).hasToString("[gpa, gre] -> [admit]");
    }
}
