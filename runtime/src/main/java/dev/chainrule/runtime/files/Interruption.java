package dev.chainrule.runtime.files;

import java.io.IOException;
import java.io.InterruptedIOException;

/** What is thrown when a thread is interrupted while it reads or writes; its interrupt status stays set. */
public final class Interruption {
    private Interruption() {}

    /** An exception that says what was interrupted, as those of channels do not. */
    public static InterruptedIOException of(String what, IOException cause) {
        InterruptedIOException interruption = new InterruptedIOException(what);
        interruption.initCause(cause);
        return interruption;
    }
}
