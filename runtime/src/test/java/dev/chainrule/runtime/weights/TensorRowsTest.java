package dev.chainrule.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chainrule.runtime.files.FileCalls;
import dev.chainrule.runtime.weights.SaveFaultsTest.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file of rows whose number is known only at its end. */
class TensorRowsTest {
    /** More than is written at a time. */
    private static final int ROWS = 5_000;

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("rows");
    }

    private void write(Dtype dtype, double[] values, FileCalls calls) throws IOException {
        try (TensorRows rows = new TensorRows(file(), "t", dtype, 3, Map.of("key", "text"), calls)) {
            for (int i = 0; i < values.length; i += 3) {
                rows.add(new double[] {values[i], values[i + 1], values[i + 2]});
            }
            rows.save();
        }
    }

    /** The data are those of a tensor that is written at once, and so is its checksum. */
    @Test
    void isTheFileOfATensorWriter() throws IOException {
        double[] values = new Random(1).doubles(3 * ROWS, -1, 1).toArray();
        values[7] = Double.NaN;
        write(Dtype.F64, values, FileCalls.REAL);
        Path other = directory.resolve("other");
        new TensorWriter().tensor("t", values).save(other);
        try (TensorFile found = TensorFile.open(file());
                TensorFile expected = TensorFile.open(other)) {
            found.checkData();
            assertThat(found.tensors())
                    .containsExactly(new Tensor("t", Dtype.F64, List.of((long) ROWS, 3L), 0, 24L * ROWS));
            assertThat(found.doubles("t")).containsExactly(values);
            assertThat(found.metadata())
                    .containsEntry("key", "text")
                    .containsEntry("chainrule.crc32c", expected.metadata().get("chainrule.crc32c"));
        }
    }

    @Test
    void floatsAreRounded() throws IOException {
        double[] values = {0.1, -0.0, 1e-50, Float.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NaN};
        write(Dtype.F32, values, FileCalls.REAL);
        try (TensorFile found = TensorFile.open(file())) {
            found.checkData();
            assertThat(found.doubles("t"))
                    .containsExactly(0.1f, -0.0, 0, Float.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NaN);
        }
    }

    @Test
    void bytesAreUnsigned() throws IOException {
        write(Dtype.U8, new double[] {0, 1, 127, 128, 254, 255}, FileCalls.REAL);
        try (TensorFile found = TensorFile.open(file())) {
            found.checkData();
            ByteBuffer bytes = found.map(found.tensor("t"), 1, 5);
            byte[] values = new byte[5];
            bytes.get(values);
            assertThat(values).containsExactly(1, 127, -128, -2, -1);
        }
    }

    @Test
    void partsOfATensorAreMapped() throws IOException {
        write(Dtype.F64, new double[] {1, 2, 3, 4, 5, 6}, FileCalls.REAL);
        ByteBuffer bytes;
        try (TensorFile found = TensorFile.open(file())) {
            Tensor tensor = found.tensor("t");
            bytes = found.map(tensor, 16, 24);
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> found.map(tensor, 41, 8));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> found.map(tensor, -1, 8));
        }
        assertThat(bytes.remaining()).isEqualTo(24);
        assertThat(bytes.getDouble(0)).isEqualTo(3);
        assertThat(bytes.getDouble(16)).isEqualTo(5);
        try (TensorFile inMemory = FileBytes.open(FileBytes.of(FileBytes.tensor("F64", "1", "0,8"), 7))) {
            assertThatExceptionOfType(WeightFileException.class)
                    .isThrownBy(() -> inMemory.map(inMemory.tensor("t"), 0, 8))
                    .withMessage("test: the file cannot be mapped; expected one of the operating system");
        }
    }

    @Test
    void noRows() throws IOException {
        write(Dtype.F32, new double[0], FileCalls.REAL);
        try (TensorFile found = TensorFile.open(file())) {
            found.checkData();
            assertThat(found.tensor("t").shape()).containsExactly(0L, 3L);
        }
    }

    @Test
    void valuesThatADtypeDoesNotHave() throws IOException {
        try (TensorRows rows = new TensorRows(file(), "t", Dtype.U8, 2, Map.of())) {
            rows.add(new double[] {0, 255});
            for (double value : new double[] {-1, 256, 0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> rows.add(new double[] {1, value}))
                        .withMessage("value 1 of row 1 is " + value + "; expected one that U8 has");
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> rows.add(new double[3]))
                    .withMessage("row 1 has 3 values; expected 2");
            rows.save();
        }
        try (TensorFile found = TensorFile.open(file())) {
            found.checkData();
            assertThat(found.tensor("t").shape()).containsExactly(1L, 2L);
        }
        try (TensorRows rows = new TensorRows(file(), "t", Dtype.F32, 1, Map.of())) {
            assertThatIllegalArgumentException().isThrownBy(() -> rows.add(new double[] {1e39}));
        }
    }

    @Test
    void whatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TensorRows(file(), "t", Dtype.I64, 1, Map.of()))
                .withMessage("dtype is I64; expected F64, F32 or U8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TensorRows(file(), "t", Dtype.F64, 0, Map.of()))
                .withMessage("width is 0; expected at least 1");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void closedBeforeItIsSavedItNeverWas() throws IOException {
        Files.writeString(file(), "old");
        TensorRows rows = new TensorRows(file(), "t", Dtype.F64, 1, Map.of());
        rows.add(new double[1]);
        rows.close();
        assertThat(file()).hasContent("old");
        assertThat(directory).isDirectoryContaining(file()::equals);
        assertThatIllegalStateException().isThrownBy(() -> rows.add(new double[1]));
        assertThatIllegalStateException()
                .isThrownBy(rows::save)
                .withMessage("The file is saved or closed, or could not be written; begin another");
    }

    @Test
    void isSavedOnce() throws IOException {
        try (TensorRows rows = new TensorRows(file(), "t", Dtype.F64, 1, Map.of())) {
            rows.save();
            assertThatIllegalStateException().isThrownBy(rows::save);
            assertThatIllegalStateException().isThrownBy(() -> rows.add(new double[1]));
        }
        assertThat(file()).exists();
    }

    /** After a fault at any call there is the old file or the new one, and nothing can go on as if it had not been. */
    @ParameterizedTest
    @EnumSource(Fault.class)
    void aFaultAtEveryCallLeavesTheOldFileOrTheNew(Fault fault) throws IOException {
        double[] old = new double[3];
        double[] values = new Random(2).doubles(3 * ROWS).toArray();
        FaultyCalls none = new FaultyCalls(-1, fault);
        write(Dtype.F64, old, FileCalls.REAL);
        write(Dtype.F64, values, none);
        List<String> names = none.made;
        assertThat(names).containsSubsequence("create", "write", "write", "write over start", "force", "replace");
        for (int call = 0; call < names.size(); call++) {
            String name = names.get(call);
            write(Dtype.F64, old, FileCalls.REAL);
            FaultyCalls calls = new FaultyCalls(call, fault);
            if (name.equals("open directory") || name.equals("lock") && !fault.isCrash()) {
                write(Dtype.F64, values, calls);
            } else {
                assertThatThrownBy(() -> write(Dtype.F64, values, calls))
                        .as("%s at call %s, %s", fault, call, name)
                        .isInstanceOf(InjectedFault.class);
            }
            try (TensorFile found = TensorFile.open(file())) {
                found.checkData();
                assertThat(found.doubles("t").length)
                        .as("%s at call %s, %s", fault, call, name)
                        .isIn(3, 3 * ROWS);
            }
        }
        if (!fault.isCrash()) {
            assertThat(directory.toFile().list()).containsExactly("rows");
        }
    }

    @Test
    void goesNotOnAfterARowThatWasNotWritten() throws IOException {
        FaultyCalls calls = new FaultyCalls(4, Fault.BEFORE);
        try (TensorRows rows = new TensorRows(file(), "t", Dtype.F64, 1_000, Map.of(), calls)) {
            assertThatExceptionOfType(InjectedFault.class).isThrownBy(() -> {
                for (int i = 0; i < 100; i++) {
                    rows.add(new double[1_000]);
                }
            });
            assertThat(calls.made.get(4)).isEqualTo("write");
            assertThatIllegalStateException().isThrownBy(rows::save);
        }
        assertThat(directory).isEmptyDirectory();
    }
}
