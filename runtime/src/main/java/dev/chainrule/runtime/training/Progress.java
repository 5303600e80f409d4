package dev.chainrule.runtime.training;

import java.io.Console;
import java.io.PrintStream;
import java.util.Objects;

/**
 * Listeners that show how far a training is: the epoch, counted from 1, its loss so far, the last validation loss, and the time
 * left, should all epochs take as long as those before. First come the training's {@linkplain Training#remarks remarks}, where
 * there are any.
 *
 * <pre>{@code
 * Trainer trainer = Trainer.builder().epochs(200).listener(Progress.to(System.err)).build();
 * }</pre>
 *
 * <p>A listener serves any number of trainings, one at a time.
 */
public final class Progress {
    private static final long BETWEEN_BARS = 100_000_000;
    private static final long BETWEEN_LINES = 1_000_000_000;

    /** One column less than terminals have at least, as some begin a new line with the last. */
    private static final int COLUMNS = 79;

    private static final int LONGEST_BAR = 30;

    private Progress() {}

    /**
     * A {@linkplain #bar bar} where a terminal shows it, {@linkplain #lines lines} in a file, a pipe or a console of a development
     * environment. It is a terminal if {@code out} is {@link System#out} or {@link System#err}, and {@link System#console} is one;
     * Java does not tell whether standard error alone goes to a file.
     *
     * @param out where the progress is shown
     * @return a listener for trainings one at a time
     */
    public static TrainingListener to(PrintStream out) {
        return (out == System.out || out == System.err) && isTerminal() ? bar(out) : lines(out);
    }

    /**
     * A line of 79 columns that is redrawn in its place, ten times a second at most:
     *
     * <pre>
     * epoch 54/200 [########----------------------]  27%  loss 0.01235  0:42 left
     * </pre>
     *
     * @param out a terminal
     * @return a listener for trainings one at a time
     */
    public static TrainingListener bar(PrintStream out) {
        return new Bar(Objects.requireNonNull(out, "out"));
    }

    /**
     * A line for the first epoch, for the last, and for others as they end, one a second at most:
     *
     * <pre>
     * epoch 54/200  loss 0.01235  validation loss 0.02469  0:42 left
     * </pre>
     *
     * @param out where the lines go
     * @return a listener for trainings one at a time
     */
    public static TrainingListener lines(PrintStream out) {
        return new Lines(Objects.requireNonNull(out, "out"));
    }

    private static boolean isTerminal() {
        Console console = System.console();
        try {
            // Since JDK 22, where a console need not be a terminal
            return console != null
                    && (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static final class Bar implements StepListener {
        private final PrintStream out;
        private long nextAt;

        Bar(PrintStream out) {
            this.out = out;
        }

        @Override
        public void stepEnded(Training training) {
            long now = training.nanoseconds();
            if (nextAt == 0) {
                training.remarks().forEach(out::println);
            }
            if (now >= nextAt) {
                draw(training, timeLeft(training));
                nextAt = now + BETWEEN_BARS;
            }
        }

        @Override
        public void trainingEnded(Training training) {
            draw(training, timeTaken(training));
            out.println();
            nextAt = 0;
        }

        private void draw(Training training, String time) {
            double done = done(training);
            String start = epoch(training) + " ";
            String end = Text.format(" %3d%%%s", (int) (100 * done), losses(training, "  validation ") + time);
            int length = Math.min(LONGEST_BAR, COLUMNS - start.length() - end.length() - 2);
            String bar = "";
            if (length > 0) {
                int filled = (int) (length * done);
                bar = "[" + "#".repeat(filled) + "-".repeat(length - filled) + "]";
            }
            // All columns, to cover the line before, and never more, which would begin another
            out.print(Text.format("\r%-" + COLUMNS + "." + COLUMNS + "s", start + bar + end));
            out.flush();
        }
    }

    private static final class Lines implements TrainingListener {
        private final PrintStream out;
        private long nextAt;

        Lines(PrintStream out) {
            this.out = out;
        }

        @Override
        public void epochEnded(Training training) {
            long now = training.nanoseconds();
            if (nextAt == 0) {
                training.remarks().forEach(out::println);
            }
            if (now >= nextAt && training.history().epochs() < training.epochs()) {
                print(training, timeLeft(training));
                nextAt = now + BETWEEN_LINES;
            }
        }

        @Override
        public void trainingEnded(Training training) {
            print(training, timeTaken(training));
            nextAt = 0;
        }

        private void print(Training training, String time) {
            out.println(epoch(training) + losses(training, "  validation loss ") + time);
        }
    }

    private static double done(Training training) {
        return training.step() / ((double) training.epochs() * training.stepsPerEpoch());
    }

    private static String epoch(Training training) {
        return "epoch " + training.epoch() + "/" + training.epochs();
    }

    private static String losses(Training training, String validation) {
        if (training.step() == 0) {
            return "";
        }
        int epochs = training.history().epochs();
        double validationLoss = epochs == 0 ? Double.NaN : training.history().validationLoss(epochs - 1);
        return "  loss " + Text.number(training.epochLoss())
                + (Double.isNaN(validationLoss) ? "" : validation + Text.number(validationLoss));
    }

    private static String timeLeft(Training training) {
        double done = done(training);
        return "  " + Text.time(training.nanoseconds() * (1 - done) / done) + " left";
    }

    private static String timeTaken(Training training) {
        return "  in " + Text.time(training.nanoseconds());
    }
}
