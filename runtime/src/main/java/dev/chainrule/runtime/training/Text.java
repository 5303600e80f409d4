package dev.chainrule.runtime.training;

import java.util.Locale;

/** Numbers as lines for people show them, the same in every country. */
final class Text {
    private Text() {}

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** With its noun: {@code 1 epoch, 2 epochs}. */
    static String count(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** How many there are: {@code 400 records of 6 inputs and 1 target}, and {@code , weighted} where they are. */
    static String of(RecordStore records) {
        return count(records.count(), "record") + " of " + count(records.inputWidth(), "input") + " and "
                + count(records.targetWidth(), "target") + (records.isWeighted() ? ", weighted" : "");
    }

    /** To four digits. */
    static String number(double number) {
        return format("%.4g", number);
    }

    /** To the second: 0:05, 12:34, 123:04:05. */
    static String time(double nanoseconds) {
        long seconds = Math.round(nanoseconds / 1e9);
        long hours = seconds / 3600;
        long minutes = seconds / 60 % 60;
        return hours == 0
                ? format("%d:%02d", minutes, seconds % 60)
                : format("%d:%02d:%02d", hours, minutes, seconds % 60);
    }
}
