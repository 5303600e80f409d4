package dev.chainrule.processor.weights;

import dev.chainrule.runtime.weights.Dtype;
import dev.chainrule.runtime.weights.Tensor;
import dev.chainrule.runtime.weights.TensorFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors that a declaration expects beside those that a file holds. */
final class TensorTable {
    /** Rows that a message shows at most, those that differ first. */
    private static final int MOST_ROWS = 24;

    private static final String NONE = "-";

    /** One tensor by its name: on the left as expected, on the right as found. */
    private record Row(String expected, String found, boolean differs) {}

    private final List<Row> rows = new ArrayList<>();

    TensorTable(Map<String, List<Long>> shapes, TensorFile file) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        file.tensors().forEach(tensor -> found.put(tensor.name(), tensor));
        shapes.forEach((name, shape) -> {
            Tensor tensor = found.remove(name);
            boolean fits = tensor != null
                    && tensor.shape().equals(shape)
                    && (tensor.dtype() == Dtype.F64 || tensor.dtype() == Dtype.F32);
            rows.add(new Row(new Tensor(name, Dtype.F64, shape, 0, 0).text() + " or F32", text(tensor), !fits));
        });
        found.values().forEach(tensor -> rows.add(new Row(NONE, text(tensor), true)));
    }

    private static String text(Tensor tensor) {
        return tensor == null ? NONE : tensor.text();
    }

    /** Whether the two sides are not the same. */
    boolean differs() {
        return rows.stream().anyMatch(Row::differs);
    }

    /** Both sides, a row a tensor; those that differ are marked. */
    String text() {
        List<Row> shown = rows.stream()
                .filter(row -> rows.size() <= MOST_ROWS || row.differs())
                .limit(MOST_ROWS)
                .toList();
        String left = "the declaration expects";
        int width = Math.max(
                left.length(),
                shown.stream().mapToInt(row -> row.expected().length()).max().orElse(0));
        StringBuilder text = new StringBuilder("\n    " + padded(left, width) + "the file holds");
        for (Row row : shown) {
            text.append("\n  ")
                    .append(row.differs() ? "! " : "  ")
                    .append(padded(row.expected(), width))
                    .append(row.found());
        }
        return shown.size() < rows.size()
                ? text + "\n    and " + (rows.size() - shown.size()) + " more"
                : text.toString();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length() + 3);
    }
}
