package dev.chainrule.spark;

import dev.chainrule.runtime.training.Records;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Random points of {@value #WIDTH} coordinates, and on which side of a surface they are: functions of their number alone. */
final class Points {
    static final int WIDTH = 10;
    static final String NUMBER = "number";
    static final String TARGET = "side";

    private Points() {}

    /** The names of the columns of inputs. */
    static String[] names() {
        return IntStream.range(0, WIDTH).mapToObj(i -> "f_" + i).toArray(String[]::new);
    }

    static Columns inputs() {
        return Columns.of(names());
    }

    static double[] input(long number) {
        SplittableRandom random = new SplittableRandom(number);
        double[] input = new double[WIDTH];
        for (int i = 0; i < input.length; i++) {
            input[i] = 2 * random.nextDouble() - 1;
        }
        return input;
    }

    static double target(double[] input) {
        return input[0] * input[1] + input[2] * input[3] - input[4] * input[5] > 0.1 * input[6] ? 1 : 0;
    }

    /** The same in this JVM. */
    static Records records(int count) {
        double[] inputs = new double[count * WIDTH];
        double[] targets = new double[count];
        for (int number = 0; number < count; number++) {
            double[] input = input(number);
            System.arraycopy(input, 0, inputs, number * WIDTH, WIDTH);
            targets[number] = target(input);
        }
        return Records.wrap(inputs, WIDTH, targets, 1);
    }

    /** The columns of the inputs of a curve. */
    static Columns curveInputs() {
        return Columns.of("f_0", "f_1", "f_2");
    }

    /** The columns of its targets. */
    static Columns curveTargets() {
        return Columns.of("f_3", "f_4");
    }

    /** Those columns of the same points in this JVM. */
    static Records curve(int count) {
        double[] inputs = new double[3 * count];
        double[] targets = new double[2 * count];
        for (int number = 0; number < count; number++) {
            double[] input = input(number);
            System.arraycopy(input, 0, inputs, 3 * number, 3);
            System.arraycopy(input, 3, targets, 2 * number, 2);
        }
        return Records.wrap(inputs, 3, targets, 2);
    }

    /** A data frame of them. */
    static Dataset<Row> rows(SparkSession session, int count, int partitions) {
        StructType schema = new StructType().add(NUMBER, DataTypes.LongType, false);
        for (String name : names()) {
            schema = schema.add(name, DataTypes.DoubleType, false);
        }
        schema = schema.add(TARGET, DataTypes.DoubleType, false);
        JavaRDD<Row> rows = session.range(0, count, 1, partitions).toJavaRDD().map(number -> {
            Object[] values = new Object[WIDTH + 2];
            double[] input = input(number);
            values[0] = number;
            for (int i = 0; i < WIDTH; i++) {
                values[i + 1] = input[i];
            }
            values[WIDTH + 1] = target(input);
            return RowFactory.create(values);
        });
        return session.createDataFrame(rows, schema);
    }
}
