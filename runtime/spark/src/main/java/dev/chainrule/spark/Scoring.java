package dev.chainrule.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The outputs of a network for the rows of a data frame.
 *
 * <pre>{@code
 * Scoring xor = Scoring.frozen(XorFrozen::forward, XorFrozen::forward, XorFrozen.OUTPUTS);
 * rows.withColumn("prediction", xor.column(Columns.of("a", "b")));
 * }</pre>
 *
 * <p>A prediction is a double where the network has one output, an array of doubles where it has more. It is null where
 * an input is null; NaN goes through the network. To the bit, it is what the network gives for the same doubles
 * anywhere else.
 *
 * <p>Nothing is broadcast: of a frozen class its name alone is sent to the executors, where it is in one of the
 * application's jars; of a network its parameters, with the query.
 */
public final class Scoring implements Serializable {
    private static final long serialVersionUID = 1;

    /** The name of the column that {@link #batches} appends. */
    public static final String PREDICTION = "prediction";

    /** Each takes a few lines of the code for a query, and HotSpot compiles no method of more than 8000 bytes. */
    private static final int MOST_COLUMNS = 64;

    private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType, false);

    /** What computes the outputs. */
    private final Model model;

    private Scoring(Model model) {
        this.model = model;
    }

    /**
     * {@return scoring by a frozen class, one record after the other} That is for {@link #column}; {@link #batches} are
     * faster where the class is asked for {@linkplain #frozen(Forward, ForwardRange, int) many records at a time}.
     *
     * @param forward {@code XorFrozen::forward}
     * @param outputs how many outputs it has, {@code XorFrozen.OUTPUTS}
     * @throws IllegalArgumentException if that is less than 1
     */
    public static Scoring frozen(Forward forward, int outputs) {
        return frozen(
                forward,
                (inputs, fromRecord, toRecord, all) -> oneByOne(forward, inputs, fromRecord, toRecord, all, outputs),
                outputs);
    }

    private static void oneByOne(
            Forward forward, double[] inputs, int fromRecord, int toRecord, double[] all, int outputs) {
        double[] input = new double[inputs.length / (all.length / outputs)];
        double[] output = new double[outputs];
        for (int record = fromRecord; record < toRecord; record++) {
            System.arraycopy(inputs, record * input.length, input, 0, input.length);
            forward.forward(input, output);
            System.arraycopy(output, 0, all, record * outputs, outputs);
        }
    }

    /**
     * {@return scoring by a frozen class}
     *
     * @param forward {@code XorFrozen::forward}, for one record
     * @param range {@code XorFrozen::forward}, for many
     * @param outputs how many outputs it has, {@code XorFrozen.OUTPUTS}
     * @throws IllegalArgumentException if that is less than 1
     */
    public static Scoring frozen(Forward forward, ForwardRange range, int outputs) {
        if (outputs < 1) {
            throw new IllegalArgumentException("the number of outputs is " + outputs + "; expected at least 1");
        }
        return new Scoring(new Model.Frozen(forward, range, outputs));
    }

    /**
     * {@return scoring by a network}
     *
     * @param instances {@code XorNetwork::new}
     * @param parameters of the network, copied
     * @throws IllegalArgumentException if the network does not have as many parameters
     */
    public static Scoring network(NetworkFactory instances, double[] parameters) {
        return new Scoring(new Model.Live(instances, parameters));
    }

    /**
     * {@return a column of predictions} They are computed row by row within the code that Spark generates for the
     * query; with {@link ScoringExtension}, in batches where Spark has the rows as columns. For data frames of
     * {@code spark-sql}, not of a Spark Connect client, which cannot send Java.
     *
     * @param inputs as many as the network has inputs, else the query fails
     */
    public Column column(Columns inputs) {
        if (inputs.width() >= 0 && inputs.width() <= MOST_COLUMNS) {
            return ExpressionUtils.column(new ForwardExpression(
                    this,
                    Lists.of(inputs.each().map(ExpressionUtils::expression).toList())));
        }
        return Invocation.of(this, model.outputs() == 1 ? "predict" : "predictAll", predictionType(), inputs.values());
    }

    /**
     * {@return some columns of a data frame and, as {@link #PREDICTION}, the predictions for its rows} They are
     * computed for many rows at a time. Where Spark has the rows as columns, as in a cached data frame of numbers or in
     * Parquet's files, no row is made, which is faster than {@link #column}. Elsewhere, as after a filter, it is faster for
     * a live network of some size only. The session of the data frame can run it, other sessions cannot: not by a
     * global temporary view.
     *
     * @param rows the data frame
     * @param inputs as many as the network has inputs, else the query fails
     * @param keep the names of the columns to keep: the fewer, the faster
     * @throws IllegalArgumentException if there are no such columns, or inputs are not numbers
     */
    public Dataset<Row> batches(Dataset<Row> rows, Columns inputs, String... keep) {
        inputs.check(rows.schema());
        return Predict.appended(this, rows, inputs.doubles(rows.schema()).toList(), List.of(keep));
    }

    /** What a prediction is in a data frame. */
    DataType predictionType() {
        return predictionType(model.outputs());
    }

    static DataType predictionType(int outputs) {
        return outputs == 1 ? DataTypes.DoubleType : DOUBLES;
    }

    Model model() {
        return model;
    }

    int outputs() {
        return model.outputs();
    }

    /**
     * The outputs for one row. For the code that Spark generates.
     *
     * @param input as many values as the network has inputs
     * @param output receives as many values as it has outputs
     */
    public void forward(double[] input, double[] output) {
        model.forward(input, output);
    }

    /**
     * {@return the output for one row, null where a value is} For the code that Spark generates.
     *
     * @param values the inputs
     */
    public Double predict(ArrayData values) {
        double[] input = inputOf(values);
        if (input == null) {
            return null;
        }
        double[] output = new double[1];
        model.forward(input, output);
        return output[0];
    }

    /**
     * {@return the outputs for one row, null where a value is} For the code that Spark generates.
     *
     * @param values the inputs
     */
    public ArrayData predictAll(ArrayData values) {
        double[] input = inputOf(values);
        if (input == null) {
            return null;
        }
        double[] output = new double[model.outputs()];
        model.forward(input, output);
        return UnsafeArrayData.fromPrimitiveArray(output);
    }

    private static double[] inputOf(ArrayData values) {
        return BatchPredictor.anyNull(values) ? null : values.toDoubleArray();
    }
}
