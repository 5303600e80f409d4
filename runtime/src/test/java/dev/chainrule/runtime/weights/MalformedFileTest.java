package dev.chainrule.runtime.weights;

import static dev.chainrule.runtime.weights.FileBytes.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not of the format are refused, and the message says why. */
class MalformedFileTest {
    static Stream<Arguments> malformed() {
        String offsets = "tensor \"t\" has data_offsets ";
        return Stream.of(
                Arguments.of("", "the header does not begin with '{'; expected it to"),
                Arguments.of(" {}", "the header does not begin with '{'; expected it to"),
                Arguments.of("[]", "the header does not begin with '{'; expected it to"),
                Arguments.of("{", "the header has its end at character 1; expected '\"'"),
                Arguments.of(
                        "{}x", "the header has \"x\" at character 2; expected nothing but spaces after the last brace"),
                Arguments.of(
                        "{}\0",
                        "the header has \"\\u0000\" at character 2; expected nothing but spaces after the last brace"),
                Arguments.of("{,}", "the header has \",\" at character 1; expected '\"'"),
                Arguments.of("{\"a\"}", "the header has \"}\" at character 4; expected ':'"),
                Arguments.of("{\"a\":1}", "the header has \"1\" at character 5; expected '{'"),
                Arguments.of("{\"__metadata__\":null}", "the header has \"n\" at character 16; expected '{'"),
                Arguments.of("{\"__metadata__\":{\"a\":1}}", "the header has \"1\" at character 21; expected '\"'"),
                Arguments.of(
                        "{\"__metadata__\":{\"a\":\"b\",}}", "the header has \"}\" at character 25; expected '\"'"),
                Arguments.of("{\"__metadata__\":{\"a\":\"b\"}", "the header has its end at character 25; expected '}'"),
                Arguments.of(
                        "{\"__metadata__\":{\"a\":\"b\",\"\\u0061\":\"c\"}}",
                        "the header has the key \"a\" twice in one object; expected it once"),
                Arguments.of(
                        "{\"__metadata__\":{},\"__metadata__\":{}}",
                        "the header has the key \"__metadata__\" twice in one object; expected it once"),
                Arguments.of(
                        "{\"t\":{\"dtype\":\"F64\",\"dtype\":\"F64\"}}",
                        "the header has the key \"dtype\" twice in one object; expected it once"),
                Arguments.of("{\"a", "the header has its end at character 3; expected the rest of a string"),
                Arguments.of("{\"a\\", "the header has its end at character 4; expected the rest of a string"),
                Arguments.of(
                        "{\"a\n\"",
                        "the header has \"\\u000a\" at character 3; expected no control character in a string"),
                Arguments.of(
                        "{\"\\x\"",
                        "the header has \"x\" at character 3; expected one of \"\\/bfnrtu after a backslash"),
                Arguments.of("{\"\\u00g0\"", "the header has \"g\" at character 6; expected four hexadecimal digits"),
                Arguments.of(
                        "{\"\\u0\u0660\"",
                        "the header has \"\\u0660\" at character 5; expected four hexadecimal digits"),
                Arguments.of(
                        "{\"\\ud83d\"",
                        "the header has half a surrogate pair in a string before character 9; expected both halves"),
                Arguments.of(
                        "{\"\\ude00\\ud83d\"",
                        "the header has half a surrogate pair in a string before character 15; expected both halves"),
                Arguments.of("{\"t\":{}}", "tensor \"t\" has no dtype; expected dtype, shape and data_offsets"),
                Arguments.of(
                        "{\"t\":{\"dtype\":\"F64\",\"data_offsets\":[0,8]}}",
                        "tensor \"t\" has no shape; expected dtype, shape and data_offsets"),
                Arguments.of(
                        "{\"t\":{\"dtype\":\"F64\",\"shape\":[]}}",
                        "tensor \"t\" has no data_offsets; expected dtype, shape and data_offsets"),
                Arguments.of(
                        "{\"t\":{\"name\":\"t\"}}",
                        "tensor \"t\" has \"name\"; expected dtype, shape and data_offsets only"),
                Arguments.of(tensor("F64", "1", "8"), "tensor \"t\" has 1 data_offsets; expected 2"),
                Arguments.of(tensor("F64", "1", "0,8,8"), "tensor \"t\" has 3 data_offsets; expected 2"),
                Arguments.of(tensor("F64", "1", ""), "tensor \"t\" has 0 data_offsets; expected 2"),
                Arguments.of(
                        tensor("F64", "-1", "0,8"),
                        "the header has \"-\" at character 29; expected a whole number that is not negative"),
                Arguments.of(
                        tensor("F64", "\u0661", "0,8"),
                        "the header has \"\\u0661\" at character 29; expected a whole number that is not negative"),
                Arguments.of(
                        tensor("F64", "01", "0,8"),
                        "the header has a number with a leading zero at character 29; expected none"),
                Arguments.of(tensor("F64", "1.0", "0,8"), "the header has \".\" at character 30; expected ']'"),
                Arguments.of(tensor("F64", "1e0", "0,8"), "the header has \"e\" at character 30; expected ']'"),
                Arguments.of(
                        tensor("F64", "1,", "0,8"),
                        "the header has \"]\" at character 31; expected a whole number that is not negative"),
                Arguments.of(
                        tensor("F64", "9223372036854775808", "0,8"),
                        "the header has a number at character 29 that overflows; expected at most 9223372036854775807"),
                Arguments.of(
                        tensor("F64", "99999999999999999999999", "0,8"),
                        "the header has a number at character 29 that overflows; expected at most 9223372036854775807"),
                Arguments.of(
                        tensor("F64", "9223372036854775807", "0,8"),
                        "tensor \"t\" has the shape [9223372036854775807], which overflows; expected at most 9223372036854775807 bits"),
                Arguments.of(
                        tensor("F64", "4294967296,4294967296,0", "0,0"),
                        "tensor \"t\" has the shape [4294967296, 4294967296, 0], which overflows; expected at most 9223372036854775807 bits"),
                Arguments.of(
                        tensor("F64", "1,1,1,1,1,1,1,1,2", "0,8"),
                        offsets + "[0, 8]; expected 16 bytes for F64 [1, 1, 1, 1, 1, 1, 1, 1, ...]"),
                Arguments.of(tensor("F4", "3", "0,8"), "tensor \"t\" has 12 bits; expected whole bytes"),
                Arguments.of(tensor("F64", "2", "0,8"), offsets + "[0, 8]; expected 16 bytes for F64 [2]"),
                Arguments.of(tensor("F32", "1", "0,8"), offsets + "[0, 8]; expected 4 bytes for F32 [1]"),
                Arguments.of(
                        tensor("F64", "1", "8,0"),
                        offsets + "[8, 0]; expected it to begin at 0, where the one before it ends"),
                Arguments.of(
                        tensor("F64", "1", "1,9"),
                        offsets + "[1, 9]; expected it to begin at 0, where the one before it ends"),
                Arguments.of(
                        tensor("F64", "2", "0,16"),
                        "tensor \"t\" ends at byte 16; expected the last to end with the data, at 8"),
                Arguments.of(
                        tensor("F32", "1", "0,4"),
                        "tensor \"t\" ends at byte 4; expected the last to end with the data, at 8"),
                Arguments.of(
                        tensor("F64", "137438953472", "0,1099511627776"),
                        "tensor \"t\" ends at byte 1099511627776; expected the last to end with the data, at 8"),
                Arguments.of("{}", "there are no tensors; expected the last to end with the data, at 8"),
                Arguments.of(
                        two("0,4", "5,9"),
                        "tensor \"u\" has data_offsets [5, 9]; expected it to begin at 4, where the one before it ends"),
                Arguments.of(
                        two("0,4", "3,7"),
                        "tensor \"u\" has data_offsets [3, 7]; expected it to begin at 4, where the one before it ends"),
                Arguments.of(
                        two("0,4", "0,4"),
                        "tensor \"u\" has data_offsets [0, 4]; expected it to begin at 4, where the one before it ends"),
                Arguments.of(
                        two("0,4", "4,0"),
                        "tensor \"u\" has data_offsets [4, 0]; expected it not to end before it begins"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesMalformedHeaders(String header, String message) {
        assertRefused(FileBytes.of(header, 1), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"F63", "f64", "", "F64 "})
    void refusesUnknownDtypes(String dtype) {
        assertRefused(
                FileBytes.of(tensor(dtype, "1", "0,8"), 1),
                "tensor \"t\" has the dtype \"" + dtype
                        + "\"; expected one of BOOL, F4, F6_E2M3, F6_E3M2, U8, I8, F8_E5M2, F8_E4M3, F8_E8M0, F8_E4M3FNUZ,"
                        + " F8_E5M2FNUZ, I16, U16, F16, BF16, I32, U32, F32, C64, F64, I64, U64");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        byte[] bytes = FileBytes.of("{\"__metadata__\":{\"a\":\"b\"}}");
        bytes[8 + 21] = (byte) 0xff;
        assertRefused(bytes, "the header is not valid UTF-8; expected JSON in UTF-8");
    }

    @ParameterizedTest
    @CsvSource({
        "3, 3, 2",
        "100000001, 100000001, 2",
        "-1, 18446744073709551615, 2",
        "9223372036854775807, 9223372036854775807, 2"
    })
    void refusesHeadersBeyondTheFile(long length, String shown, int most) {
        byte[] bytes = FileBytes.of("{}");
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        assertRefused(bytes, "the header is to have " + shown + " bytes; expected at most " + most);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7})
    void refusesFilesWithoutALength(int size) {
        assertRefused(new byte[size], "the file has " + size + " bytes; expected 8 for the header's length");
    }

    /** What Git checks out of a repository whose large files have not been fetched. */
    @Test
    void aPointerOfGitLfs() throws IOException {
        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0123456789abcdef".repeat(4)
                + "\nsize 698\n";
        assertRefused(
                pointer.getBytes(StandardCharsets.US_ASCII),
                "the file is a Git LFS pointer, a text in place of a file that is not fetched yet; expected the file itself,"
                        + " which 'git lfs pull' gets");
    }

    /** In a sparse file of 200 MB. */
    @Test
    void refusesHeadersOfMoreThanAHundredMegabytes(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("sparse");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            channel.write(length.putLong(0, 100_000_001), 0);
            channel.write(ByteBuffer.allocate(1), 200_000_000);
            assertThatExceptionOfType(WeightFileException.class)
                    .isThrownBy(() -> TensorFile.open(path))
                    .withMessage(path + ": the header is to have 100000001 bytes; expected at most 100000000");
        }
    }

    @Test
    void messagesShowLittleOfLongNames() {
        String name = "\u00e9".repeat(1000);
        assertRefused(
                FileBytes.of("{\"" + name + "\":{}}"),
                "tensor \"" + "\\u00e9".repeat(200) + "...\" has no dtype; expected dtype, shape and data_offsets");
    }

    @Test
    void messagesShowWhatIsNotTooLong() {
        String name = "~ \u007f" + "x".repeat(77);
        assertRefused(
                FileBytes.of("{\"" + name + "\":{}}"),
                "tensor \"~ \\u007f" + "x".repeat(77) + "\" has no dtype; expected dtype, shape and data_offsets");
        assertRefused(
                FileBytes.of(tensor("F64", "1,1,1,1,1,1,1,9", "0,8"), 1),
                "tensor \"t\" has data_offsets [0, 8]; expected 72 bytes for F64 [1, 1, 1, 1, 1, 1, 1, 9]");
    }

    @Test
    void refusesAHeaderOfNoBytes() {
        assertRefused(new byte[8], "the header does not begin with '{'; expected it to");
    }

    @Test
    void closesTheChannel() {
        SeekableByteChannel channel = FileBytes.channel(FileBytes.of("x"));
        assertThatExceptionOfType(WeightFileException.class).isThrownBy(() -> TensorFile.of("test", channel));
        assertThat(channel.isOpen()).isFalse();

        byte[] bytes = FileBytes.of("x");
        IOException onClose = new IOException("cannot close");
        assertThatExceptionOfType(WeightFileException.class)
                .isThrownBy(() -> TensorFile.of("test", FileBytes.channel(bytes, bytes.length, onClose)))
                .satisfies(e -> assertThat(e.getSuppressed()).containsExactly(onClose));
    }

    /** A header may be as deep as it likes to be wrong: the stack is not. */
    @Test
    void deepNestingIsNoStackOverflow() {
        assertRefused(
                FileBytes.of("{\"a\":".repeat(1_000_000)),
                "tensor \"a\" has \"a\"; expected dtype, shape and data_offsets only");
    }

    /** Two tensors of 4 bytes. */
    private static String two(String offsets, String others) {
        return "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%s]},\"u\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%s]}}"
                .formatted(offsets, others);
    }

    private static void assertRefused(byte[] bytes, String message) {
        assertThatExceptionOfType(WeightFileException.class)
                .isThrownBy(() -> FileBytes.open(bytes))
                .withMessage("test: " + message);
    }
}
