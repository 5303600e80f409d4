package dev.chainrule.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Bytes as the <a href="https://protobuf.dev/programming-guides/encoding/">description of the encoding</a> has them. */
class ProtobufMessageTest {
    private static String hex(ProtobufMessage message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ElementSink sink = new ElementSink(chunk -> {
            while (chunk.hasRemaining()) {
                bytes.write(chunk.get());
            }
        });
        message.writeTo(sink);
        sink.flush();
        assertThat(message.size()).isEqualTo(bytes.size());
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    @Test
    void wholeNumbers() throws IOException {
        assertThat(hex(new ProtobufMessage().number(1, 0))).isEqualTo("0800");
        assertThat(hex(new ProtobufMessage().number(1, 1))).isEqualTo("0801");
        assertThat(hex(new ProtobufMessage().number(1, 127))).isEqualTo("087f");
        assertThat(hex(new ProtobufMessage().number(1, 128))).isEqualTo("088001");
        assertThat(hex(new ProtobufMessage().number(1, 150))).isEqualTo("089601");
        assertThat(hex(new ProtobufMessage().number(20, 86942))).isEqualTo("a0019ea705");
        assertThat(hex(new ProtobufMessage().number(1, Long.MAX_VALUE))).isEqualTo("08ffffffffffffffff7f");
    }

    @Test
    void doubles() throws IOException {
        assertThat(hex(new ProtobufMessage().number(1, 1.0))).isEqualTo("09000000000000f03f");
        byte[] bytes = new ProtobufMessage().number(1, 1.0).toByteArray();
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("09000000000000f03f");
    }

    @Test
    void text() throws IOException {
        assertThat(hex(new ProtobufMessage().text(2, "testing"))).isEqualTo("120774657374696e67");
        assertThat(hex(new ProtobufMessage().text(2, "\u00e9"))).isEqualTo("1202c3a9");
        assertThat(hex(new ProtobufMessage().text(2, ""))).isEqualTo("1200");
    }

    @Test
    void messagesWithin() throws IOException {
        assertThat(hex(new ProtobufMessage().message(3, new ProtobufMessage().number(1, 150))))
                .isEqualTo("1a03089601");
        assertThat(hex(new ProtobufMessage().message(3, new ProtobufMessage()))).isEqualTo("1a00");
    }

    @Test
    void floatingPoint() throws IOException {
        assertThat(hex(new ProtobufMessage().number(2, 0.5f))).isEqualTo("150000003f");
        double[] values = {7, -2, 1, 7};
        assertThat(hex(new ProtobufMessage().floats(9, values, 1, 3))).isEqualTo("4a08" + "000000c0" + "0000803f");
        assertThat(hex(new ProtobufMessage().doubles(9, values, 1, 2))).isEqualTo("4a08" + "00000000000000c0");
    }

    /** What the size is of, is not there until it is written. */
    @Test
    void sizesAboveTheGreatestInt() {
        ProtobufMessage message = new ProtobufMessage().doubles(9, null, 0, Integer.MAX_VALUE);
        assertThat(new ProtobufMessage().message(1, message).size()).isEqualTo(8L * Integer.MAX_VALUE + 12);
    }
}
