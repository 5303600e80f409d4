package dev.chainrule.processor.onnx;

import java.io.Serial;
import java.util.Locale;

/** Ends the reading of a model, or of one node, with what is wrong in it. */
class OnnxException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final String code;

    OnnxException(String code, String message) {
        super(message);
        this.code = code;
    }

    OnnxProblem problem() {
        return new OnnxProblem(code, getMessage());
    }

    /** Of what the message goes on from: {@code Node "/0/Gemm" (Gemm) takes ...}. */
    OnnxProblem problem(String subject) {
        String start = subject.substring(0, 1).toUpperCase(Locale.ROOT) + subject.substring(1);
        return new OnnxProblem(code, start + " " + getMessage());
    }

    /** Ends the reading of a node that takes what another one would have yielded: no problem of its own. */
    static final class Consequence extends OnnxException {
        @Serial
        private static final long serialVersionUID = 1;

        Consequence() {
            super("OnnxValue", "takes what is not known.");
        }
    }
}
