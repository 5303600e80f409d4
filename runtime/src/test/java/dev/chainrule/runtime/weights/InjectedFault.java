package dev.chainrule.runtime.weights;

import java.io.IOException;

/** What a call to the file system throws because a test wants it to. */
final class InjectedFault extends IOException {
    private static final long serialVersionUID = 1;

    InjectedFault(String call) {
        super("injected at " + call);
    }
}
