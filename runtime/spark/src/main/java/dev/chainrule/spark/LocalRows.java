package dev.chainrule.spark;

import dev.chainrule.runtime.training.Records;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/** Rows of a data frame, brought to the driver. */
final class LocalRows {
    private LocalRows() {}

    /** Rows of one partition, row-major; only those before the problem, where there is one. */
    private record Part(double[] inputs, double[] targets, Problem problem) implements Serializable {}

    static Records collect(Dataset<Row> rows, RowReader reader) {
        List<Part> parts = Failures.unwrapped(() -> reader.rows(rows)
                .zipWithIndex()
                .mapPartitions(numbered -> List.of(part(numbered, reader)).iterator())
                .collect());
        parts.forEach(
                part -> Problem.check(part.problem)); // the first is that of the lowest number, as rows are in order
        double[] inputs = concatenated(parts.stream().map(Part::inputs).toList());
        double[] targets = concatenated(parts.stream().map(Part::targets).toList());
        return Records.wrap(inputs, reader.inputWidth(), targets, reader.targetWidth());
    }

    private static Part part(Iterator<Tuple2<InternalRow, Long>> rows, RowReader reader) {
        double[] input = new double[reader.inputWidth()];
        double[] target = new double[reader.targetWidth()];
        Chunk read = new Chunk(reader.inputWidth(), reader.targetWidth());
        Problem problem = null;
        while (problem == null && rows.hasNext()) {
            Tuple2<InternalRow, Long> row = rows.next();
            problem = reader.read(row._1(), row._2(), input, target);
            if (problem == null) {
                read.add(0, 0, input, target, 0);
            }
        }
        return new Part(read.inputs(), read.targets(), problem);
    }

    private static double[] concatenated(List<double[]> parts) {
        double[] all = new double
                [Math.toIntExact(parts.stream().mapToLong(part -> part.length).sum())];
        int length = 0;
        for (double[] part : parts) {
            System.arraycopy(part, 0, all, length, part.length);
            length += part.length;
        }
        return all;
    }
}
