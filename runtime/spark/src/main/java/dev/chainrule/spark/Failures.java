package dev.chainrule.spark;

import java.util.function.Supplier;

/** What is thrown within a task comes out of Spark wrapped in the story of the job; here it comes out as it was. */
final class Failures {
    private Failures() {}

    /** What the action returns, or throws, or an executor threw in it as an {@link IllegalArgumentException}. */
    static <T> T unwrapped(Supplier<T> action) {
        try {
            return action.get();
        } catch (Exception e) { // of Scala's code, which declares none
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof IllegalArgumentException) {
                    throw new IllegalArgumentException(cause.getMessage(), e);
                }
            }
            throw e;
        }
    }
}
