package dev.chainrule.runtime.data;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where the columns of some names are in the rows of a query. */
final class ResultSetColumns {
    private static final Set<Integer> NUMBERS = Set.of(
            Types.BIT,
            Types.BOOLEAN,
            Types.TINYINT,
            Types.SMALLINT,
            Types.INTEGER,
            Types.BIGINT,
            Types.REAL,
            Types.FLOAT,
            Types.DOUBLE,
            Types.NUMERIC,
            Types.DECIMAL);

    private final ResultSet rows;
    private final int[] numbers;
    private final boolean[] areTruthValues;

    /** Finds the columns, or says which is not there, or is of a type that is no number. */
    ResultSetColumns(ResultSet rows, List<String> names) throws SQLException {
        this.rows = rows;
        this.numbers = new int[names.size()];
        this.areTruthValues = new boolean[names.size()];
        ResultSetMetaData table = rows.getMetaData();
        List<String> labels = new ArrayList<>();
        for (int number = 1; number <= table.getColumnCount(); number++) {
            labels.add(table.getColumnLabel(number));
        }
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(labels, names.get(i));
            int type = table.getColumnType(numbers[i]);
            if (!NUMBERS.contains(type)) {
                throw new IllegalArgumentException("column " + names.get(i) + " is of type "
                        + table.getColumnTypeName(numbers[i]) + "; expected numbers or truth values");
            }
            areTruthValues[i] = type == Types.BIT || type == Types.BOOLEAN;
        }
    }

    /** By the name as it is, or without regard to case, as SQL's names go. */
    private static int number(List<String> labels, String name) {
        int exact = labels.indexOf(name);
        if (exact >= 0) {
            return exact + 1;
        }
        for (int i = 0; i < labels.size(); i++) {
            if (labels.get(i).equalsIgnoreCase(name)) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("there is no column " + name + "; the columns are " + labels);
    }

    int count() {
        return numbers.length;
    }

    /** The value of a column in the present row, if it is not NULL. */
    double value(int column) throws SQLException {
        return areTruthValues[column] ? rows.getBoolean(numbers[column]) ? 1 : 0 : rows.getDouble(numbers[column]);
    }
}
