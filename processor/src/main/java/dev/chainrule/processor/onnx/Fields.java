package dev.chainrule.processor.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The fields of one protobuf message, one after the other. Nothing is copied or set aside before it is known to be there. */
final class Fields {
    /** Names of exporters have some hundred bytes. */
    private static final int LONGEST_TEXT = 1 << 16;

    private final String message;
    private final CodedInputStream input;
    private int tag;

    /**
     * Begins before the first field.
     *
     * @param message what to call it in an error
     */
    Fields(String message, ByteString bytes) {
        this.message = message;
        // Where the bytes are in pieces, the library would read them by sun.misc.Unsafe, of which newer JVMs warn
        boolean isOnePiece = bytes.asReadOnlyByteBufferList().size() <= 1;
        this.input = (isOnePiece ? bytes : ByteString.copyFrom(bytes.toByteArray())).newCodedInput();
        // Of a byte string, which cannot change: its parts need no copies
        input.enableAliasing(true);
    }

    /** Goes to the next field; false at the end. */
    boolean next() throws IOException {
        tag = input.readTag();
        return tag != 0;
    }

    /** The number of the field, which says what it is. */
    int number() {
        return WireFormat.getTagFieldNumber(tag);
    }

    void skip() throws IOException {
        input.skipField(tag);
    }

    ByteString bytes() throws IOException {
        expect(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        return input.readBytes();
    }

    /** A text in UTF-8; not by the library, which would use sun.misc.Unsafe for it too. */
    String text() throws IOException {
        ByteString text = bytes();
        if (text.size() > LONGEST_TEXT) {
            throw new InvalidProtocolBufferException("field " + number() + " of " + message + " is a text of "
                    + text.size() + " bytes, expected at most " + LONGEST_TEXT);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(text.asReadOnlyByteBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidProtocolBufferException(
                    "field " + number() + " of " + message + " is no text in UTF-8", e);
        }
    }

    long integer() throws IOException {
        expect(WireFormat.WIRETYPE_VARINT);
        return input.readInt64();
    }

    /** Takes one integer after the other. */
    interface IntegerReader {
        void read(long integer) throws OnnxException;
    }

    /** One of a list of integers, or many of them packed. */
    void integers(IntegerReader integers) throws IOException, OnnxException {
        if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT) {
            integers.read(integer());
        } else {
            CodedInputStream packed = bytes().newCodedInput();
            while (!packed.isAtEnd()) {
                integers.read(packed.readInt64());
            }
        }
    }

    /** A float (4 bytes) or a double (8), as it stands there: little-endian. */
    ByteString number(int size) throws IOException {
        expect(size == Float.BYTES ? WireFormat.WIRETYPE_FIXED32 : WireFormat.WIRETYPE_FIXED64);
        return ByteString.copyFrom(input.readRawBytes(size));
    }

    /** One of a list of floats or doubles, or many of them packed. */
    ByteString numbers(int size) throws IOException {
        boolean isPacked = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
        return isPacked ? bytes() : number(size);
    }

    private void expect(int wireType) throws IOException {
        int found = WireFormat.getTagWireType(tag);
        if (found != wireType) {
            throw new InvalidProtocolBufferException(
                    "field " + number() + " of " + message + " has wire type " + found + ", expected " + wireType);
        }
    }
}
