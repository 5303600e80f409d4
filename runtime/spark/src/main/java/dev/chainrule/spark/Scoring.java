package dev.chainrule.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * The outputs of a network for the rows of a data frame.
 *
 * <pre>{@code
 * Scoring xor = Scoring.frozen(XorFrozen::forward, XorFrozen.OUTPUTS);
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

    private static final Encoder<double[]> ARRAYS = doubleArrays();

    /** What computes the outputs. */
    private final Model model;

    private Scoring(Model model) {
        this.model = model;
    }

    /**
     * {@return scoring by a frozen class}
     *
     * @param forward {@code XorFrozen::forward}
     * @param outputs how many outputs it has, {@code XorFrozen.OUTPUTS}
     * @throws IllegalArgumentException if that is less than 1
     */
    public static Scoring frozen(Forward forward, int outputs) {
        if (outputs < 1) {
            throw new IllegalArgumentException("the number of outputs is " + outputs + "; expected at least 1");
        }
        return new Scoring(new Model.Frozen(forward, outputs));
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
     * query. For data frames of
     * {@code spark-sql}, not of a Spark Connect client, which cannot send Java.
     *
     * @param inputs as many as the network has inputs, else the query fails
     */
    public Column column(Columns inputs) {
        boolean isOne = model.outputs() == 1;
        if (inputs.width() >= 0 && inputs.width() <= MOST_COLUMNS) {
            return ExpressionUtils.column(new ForwardExpression(
                    this,
                    ForwardExpression.seq(
                            inputs.each().map(ExpressionUtils::expression).toList())));
        }
        return Invocation.of(
                this, isOne ? "predict" : "predictAll", isOne ? DataTypes.DoubleType : DOUBLES, inputs.values());
    }

    /**
     * {@return some columns of a data frame and, as {@link #PREDICTION}, the predictions for its rows} They are
     * computed by batches of rows, which is faster where the network is a live one of some size.
     *
     * @param rows the data frame
     * @param inputs as many as the network has inputs, else the query fails
     * @param keep the names of the columns to keep: the fewer, the faster
     * @throws IllegalArgumentException if there are no such columns, or inputs are not numbers
     */
    public Dataset<Row> batches(Dataset<Row> rows, Columns inputs, String... keep) {
        inputs.check(rows.schema());
        Column values = Invocation.of(this, "complete", DOUBLES, inputs.values());
        int width = model.outputs();
        return width == 1
                ? batches(rows, values, keep, Encoders.DOUBLE(), (outputs, row) -> outputs[row])
                : batches(
                        rows,
                        values,
                        keep,
                        ARRAYS,
                        (outputs, row) -> Arrays.copyOfRange(outputs, row * width, (row + 1) * width));
    }

    /** What a row's outputs become, of those of many rows. */
    private interface Prediction<P> extends Serializable {
        P of(double[] outputs, int row);
    }

    private <P> Dataset<Row> batches(
            Dataset<Row> rows, Column values, String[] keep, Encoder<P> encoder, Prediction<P> prediction) {
        Model model = this.model;
        if (keep.length == 0) {
            MapPartitionsFunction<double[], P> function = inputs -> new BatchIterator<>(
                    model,
                    inputs,
                    input -> input,
                    (input, outputs, row) -> outputs == null ? null : prediction.of(outputs, row));
            return rows.select(values)
                    .as(ARRAYS)
                    .mapPartitions(function, encoder)
                    .toDF(PREDICTION);
        }
        Column kept = functions.struct(Stream.of(keep).map(Columns::column).toArray(Column[]::new));
        Dataset<Row> pairs = rows.select(kept.as("_1"), values.as("_2"));
        Encoder<Row> keptEncoder =
                Encoders.row((StructType) pairs.schema().apply("_1").dataType());
        MapPartitionsFunction<Tuple2<Row, double[]>, Tuple2<Row, P>> function = inputs -> new BatchIterator<>(
                model,
                inputs,
                Tuple2::_2,
                (input, outputs, row) ->
                        new Tuple2<>(input._1(), outputs == null ? null : prediction.of(outputs, row)));
        return pairs.as(Encoders.tuple(keptEncoder, ARRAYS))
                .mapPartitions(function, Encoders.tuple(keptEncoder, encoder))
                .select(functions.col("_1.*"), functions.col("_2").as(PREDICTION));
    }

    /** What a prediction is in a data frame. */
    DataType predictionType() {
        return model.outputs() == 1 ? DataTypes.DoubleType : DOUBLES;
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

    /**
     * {@return the same values, null where one of them is} For the code that Spark generates.
     *
     * @param values the inputs
     */
    public ArrayData complete(ArrayData values) {
        for (int i = 0; i < values.numElements(); i++) {
            if (values.isNullAt(i)) {
                return null;
            }
        }
        return values;
    }

    private double[] inputOf(ArrayData values) {
        return complete(values) == null ? null : values.toDoubleArray();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Encoder<double[]> doubleArrays() {
        return (Encoder) new AgnosticEncoders.ArrayEncoder<>(AgnosticEncoders.PrimitiveDoubleEncoder$.MODULE$, false);
    }
}
