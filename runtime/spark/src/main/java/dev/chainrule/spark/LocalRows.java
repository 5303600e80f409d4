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
    private static final class Part implements Serializable {
        private static final long serialVersionUID = 1;

        private final double[] inputs;
        private final double[] targets;
        private final Problem problem;

        Part(Chunk read, Problem problem) {
            this.inputs = read.inputs();
            this.targets = read.targets();
            this.problem = problem;
        }
    }

    static Records collect(Dataset<Row> rows, RowReader reader) {
        List<Part> parts = Failures.unwrapped(() -> reader.rows(rows)
                .zipWithIndex()
                .mapPartitions(numbered -> List.of(part(numbered, reader)).iterator())
                .collect());
        // The first is that of the lowest number, as rows are in order
        parts.forEach(part -> Problem.check(part.problem));
        double[] inputs = concatenated(parts.stream().map(part -> part.inputs).toList());
        double[] targets = concatenated(parts.stream().map(part -> part.targets).toList());
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
        return new Part(read, problem);
    }

    private static double[] concatenated(List<double[]> parts) {
        long size = parts.stream().mapToLong(part -> part.length).sum();
        double[] all = new double[Math.toIntExact(size)];
        int length = 0;
        for (double[] part : parts) {
            System.arraycopy(part, 0, all, length, part.length);
            length += part.length;
        }
        return all;
    }
}
