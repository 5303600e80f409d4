package dev.chainrule.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** The columns that hold a record's inputs, or its targets: a column for each, or all of them as an array in one. */
public final class Columns implements Serializable {
    private static final long serialVersionUID = 1;

    /** Of the columns, in the order of the values. */
    private final String[] names;

    /** Whether there is one column, of arrays. */
    private final boolean isArray;

    private Columns(String[] names, boolean isArray) {
        this.names = names;
        this.isArray = isArray;
    }

    /**
     * {@return a column of numbers for each value, of any numeric type}
     *
     * @param names of the columns, in the order of the network's inputs or outputs
     * @throws IllegalArgumentException if there is none, or one is named twice
     */
    public static Columns of(String... names) {
        Set<String> different = new LinkedHashSet<>(List.of(names));
        if (names.length == 0 || different.size() < names.length) {
            throw new IllegalArgumentException(
                    "the columns are " + List.of(names) + "; expected at least one, and none of them twice");
        }
        return new Columns(names.clone(), false);
    }

    /**
     * {@return one column of arrays of numbers} For a column of MLlib's vectors, make it one by {@code vector_to_array}
     * of MLlib's
     * {@code functions}.
     *
     * @param name of the column
     */
    public static Columns array(String name) {
        return new Columns(new String[] {name}, true);
    }

    /** The column of that name, also where the name has dots or other signs in it. */
    static Column column(String name) {
        return functions.col(quoted(name));
    }

    static String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    /** The columns of numbers, as doubles. */
    Stream<Column> each() {
        return Stream.of(names).map(name -> column(name).cast(DataTypes.DoubleType));
    }

    /**
     * The columns as they are where they are of doubles, else converted. What it need not convert, Spark can hand out
     * as it is stored.
     */
    Stream<Column> doubles(StructType schema) {
        DataType doubles = isArray ? DataTypes.createArrayType(DataTypes.DoubleType) : DataTypes.DoubleType;
        return Stream.of(names).map(name -> {
            DataType type = type(schema, name);
            DataType element = type instanceof ArrayType array ? array.elementType() : type;
            return element.equals(DataTypes.DoubleType)
                    ? column(name)
                    : column(name).cast(doubles);
        });
    }

    /** All values as one array of doubles, null where one is null. */
    Column values() {
        if (isArray) {
            return column(names[0]).cast(DataTypes.createArrayType(DataTypes.DoubleType));
        }
        return functions.array(each().toArray(Column[]::new));
    }

    /** The number of values; -1 where only the data tell. */
    int width() {
        return isArray ? -1 : names.length;
    }

    /** The name of a value, for messages. */
    String name(int value) {
        return isArray ? "value " + value + " of column \"" + names[0] + '"' : "column \"" + names[value] + '"';
    }

    /**
     * Checks that there are such columns.
     *
     * @throws IllegalArgumentException if there is none of a name, or it is not of numbers
     */
    void check(StructType schema) {
        for (String name : names) {
            DataType type = type(schema, name);
            DataType element = isArray && type instanceof ArrayType array ? array.elementType() : isArray ? null : type;
            if (!(element instanceof NumericType)) {
                throw new IllegalArgumentException("column \"" + name + "\" is of type " + type.simpleString()
                        + "; expected " + (isArray ? "an array of numbers" : "a number"));
            }
        }
    }

    /** The names, for messages. */
    @Override
    public String toString() {
        return (names.length == 1 ? "column " : "columns ") + '"' + String.join("\", \"", names) + '"';
    }

    /** The type of a column; an {@link IllegalArgumentException} where there is none of that name. */
    static DataType type(StructType schema, String name) {
        List<String> found = new ArrayList<>(List.of(schema.fieldNames()));
        if (!found.contains(name)) {
            throw new IllegalArgumentException(
                    "there is no column \"" + name + "\"; the columns are " + String.join(", ", found));
        }
        return schema.apply(name).dataType();
    }
}
