package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.weights.WeightFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * How to train: the settings of a training, for any network and any number of trainings.
 *
 * <pre>{@code
 * Records records = Records.wrap(inputs, 2, targets, 1);
 * Initializers.glorotUniform().initialize(network, 42);
 * History history = Trainer.builder()
 *         .optimizer(Optimizers.adam(0.01))
 *         .batchSize(32)
 *         .shuffled(42)
 *         .epochs(200)
 *         .build()
 *         .train(network, records);
 * }</pre>
 *
 * <p>A step takes one batch: its gradient, summed or averaged over its records; clipped by value, then by norm; the penalties'
 * gradients {@code l2 p + l1 sign(p)} added, for every parameter p; and given to the optimiser with the schedule's rate.
 *
 * <p>The gradient of a batch is summed in blocks of {@value TreeSum#BLOCK} records, each block from 0, and the blocks
 * are added by a tree, as {@link TreeSum} says. Threads share out the blocks, so their number changes no bit of a
 * result.
 */
public final class Trainer {
    private final Settings settings;

    private Trainer(Settings settings) {
        this.settings = settings;
    }

    /** {@return a builder with the defaults, which each of its methods names} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Trains a network from its present parameters.
     *
     * @param network changed in place
     * @param records what it learns from
     * @return what happened
     * @throws IllegalArgumentException if network, records and settings do not fit, or a constant of the network is not
     *     set, before anything is changed
     * @throws DivergenceException if a loss or a parameter is no longer finite; the network is as it was before that step
     */
    public History train(TrainableNetwork network, RecordStore records) {
        return on(network, records).run();
    }

    /**
     * Trains a network on records that others sum over, as {@link #train(TrainableNetwork, RecordStore)} does.
     *
     * @param network gets the new parameters
     * @param records of the network's widths
     * @return what happened
     */
    public History train(TrainableNetwork network, BatchSource records) {
        return on(network, records).run();
    }

    /**
     * {@return a training to {@linkplain Training#run run}, and to {@linkplain Training#stop stop} from another thread}
     *
     * @param network changed in place, once the training runs
     * @param records what it learns from
     * @throws IllegalArgumentException if network, records and settings do not fit
     */
    public Training on(TrainableNetwork network, RecordStore records) {
        return new Training(settings, network, records);
    }

    /**
     * {@return a training on records that others sum over, as {@link #on(TrainableNetwork, RecordStore)}}
     *
     * @param network gets the new parameters
     * @param records of the network's widths
     */
    public Training on(TrainableNetwork network, BatchSource records) {
        return new Training(settings, network, records);
    }

    /**
     * A training that goes on from a {@linkplain Training#checkpoint checkpoint}: run, it ends in the same bits as the
     * one that was saved would have. For that it has to be the same training: network, records and settings are
     * checked, the records' values too, and the network's constants where they are set; else it gets the checkpoint's.
     * The number of threads, the listeners and where checkpoints go may differ, and there may be more epochs.
     *
     * @param network gets the parameters of the checkpoint
     * @param records those of the saved training
     * @param checkpoint the file
     * @return the training, to be run
     * @throws WeightFileException if the file is damaged, or is of another training, with both sides; the network is unchanged
     * @throws IOException if the file cannot be read; the network is unchanged
     * @throws IllegalArgumentException as {@link #on(TrainableNetwork, RecordStore)} throws it
     * @throws UnsupportedOperationException if network, optimiser, schedule or augmentation do not tell of themselves, as
     *     {@link Training#checkpoint} says
     */
    public Training resume(TrainableNetwork network, RecordStore records, Path checkpoint) throws IOException {
        return restored(on(network, records), checkpoint);
    }

    /**
     * {@return a training that goes on, as {@link #resume(TrainableNetwork, RecordStore, Path)}, on records that others sum over}
     *
     * @param network gets the parameters of the checkpoint
     * @param records those of the checkpoint's training
     * @param checkpoint the file
     * @throws IOException if the file cannot be read, or is not one of this training; the network is unchanged
     */
    public Training resume(TrainableNetwork network, BatchSource records, Path checkpoint) throws IOException {
        return restored(on(network, records), checkpoint);
    }

    private static Training restored(Training training, Path checkpoint) throws IOException {
        training.restore(checkpoint);
        return training;
    }

    /**
     * One line, the settings as calls of the builder: {@code optimizer(GradientDescent[learningRate=0.1]),
     * batchSize(2), averaged(), shuffled(42), epochs(300)}.
     */
    @Override
    public String toString() {
        return settings.toString();
    }

    /** Collects settings; each method checks its own and throws {@link IllegalArgumentException}. */
    public static final class Builder {
        private final Settings settings = new Settings();

        private Builder() {}

        /** One line, as that of the trainer. */
        @Override
        public String toString() {
            return settings.toString();
        }

        /**
         * How gradients are computed; by backpropagation unless said otherwise.
         *
         * @param method the way to a gradient
         * @return this builder
         */
        public Builder gradient(GradientMethod method) {
            settings.gradientMethod = Objects.requireNonNull(method, "method");
            return this;
        }

        /**
         * All records in one batch, one step an epoch: batch gradient descent. The default.
         *
         * @return this builder
         */
        public Builder fullBatch() {
            settings.batchSize = Integer.MAX_VALUE;
            return this;
        }

        /**
         * All records at once, and steps by a method that may go over them several times, in the place of an optimiser.
         *
         * @param method {@link LevenbergMarquardt} or {@link Lbfgs}
         * @return this builder
         */
        public Builder fullBatch(FullBatchMethod method) {
            fullBatch();
            settings.fullBatchMethod = Objects.requireNonNull(method, "method");
            return this;
        }

        /**
         * Batches of so many records, the last of an epoch smaller where they do not divide; 1 for one record at a time.
         *
         * @param records 1 or more
         * @return this builder
         */
        public Builder batchSize(int records) {
            Checks.count("the batch size", records);
            settings.batchSize = records;
            return this;
        }

        /**
         * Gradients are means over the records of a batch, each batch by its own size; where records are
         * {@linkplain RecordStore#weighted weighted}, by the sum of its weights, and 0 where that is 0. The default.
         *
         * @return this builder
         */
        public Builder averaged() {
            settings.isAveraged = true;
            return this;
        }

        /**
         * Gradients are sums over the records of a batch, each times its weight.
         *
         * @return this builder
         */
        public Builder summed() {
            settings.isAveraged = false;
            return this;
        }

        /**
         * Records in the order that they have. The default.
         *
         * @return this builder
         */
        public Builder inOrder() {
            settings.isShuffled = false;
            return this;
        }

        /**
         * Records in a new random order each epoch; the same seed gives the same orders.
         *
         * @param seed any number
         * @return this builder
         */
        public Builder shuffled(long seed) {
            settings.isShuffled = true;
            settings.shuffledBlock = 0;
            settings.seed = seed;
            return this;
        }

        /**
         * Takes records in an order that reads them in long pieces, for {@link MappedRecords} that are more than memory
         * holds: each epoch, blocks of records that stand side by side come in a new random order; and of every 16
         * blocks that follow one another then, the records in a random order, so that only those have to be in memory.
         * The same seed gives the same orders. An order takes 4 bytes a record of the heap.
         *
         * @param seed of the random numbers
         * @param records of a block, 1 or more: as many as it takes for a disk to read them in one go, some megabytes
         * @return this builder
         */
        public Builder shuffledByBlocks(long seed, int records) {
            Checks.count("the number of records of a block", records);
            shuffled(seed);
            settings.shuffledBlock = records;
            return this;
        }

        /**
         * Changes each record a little each time it is trained on, not the validation records; not done unless asked
         * for. The same seed gives the same changes, whichever thread or machine makes them.
         *
         * @param seed of the random numbers that it is given
         * @param augmentation what changes a record
         * @return this builder
         */
        public Builder augmented(long seed, Augmentation augmentation) {
            settings.augmentation = Objects.requireNonNull(augmentation, "augmentation");
            settings.augmentationSeed = seed;
            return this;
        }

        /**
         * How often all records are gone through; 100 unless said otherwise.
         *
         * @param count 1 or more
         * @return this builder
         */
        public Builder epochs(int count) {
            Checks.count("the number of epochs", count);
            settings.epochs = count;
            return this;
        }

        /**
         * How parameters follow the gradient; gradient descent at a rate of 0.1 unless said otherwise.
         *
         * @param optimizer one of {@link Optimizers}, or another
         * @return this builder
         */
        public Builder optimizer(Optimizer optimizer) {
            settings.optimizer = Objects.requireNonNull(optimizer, "optimizer");
            return this;
        }

        /**
         * How the optimiser's learning rate changes from step to step; not at all unless said otherwise.
         *
         * @param schedule one of {@link Schedules}, or another
         * @return this builder
         */
        public Builder schedule(Schedule schedule) {
            settings.schedule = Objects.requireNonNull(schedule, "schedule");
            settings.isScheduledByEpoch = false;
            return this;
        }

        /**
         * How the optimiser's learning rate changes from epoch to epoch, in the place of from step to step: where the
         * schedule says step, it is given the number of the epoch, counted from 1. {@code Schedules.cosine(20, 0)}
         * takes 20 epochs then.
         *
         * @param schedule one of {@link Schedules}, or another
         * @return this builder
         */
        public Builder scheduleByEpoch(Schedule schedule) {
            schedule(schedule);
            settings.isScheduledByEpoch = true;
            return this;
        }

        /**
         * Keeps some parameters at 0: they become 0 when the training begins, and are 0 after every step, whatever the optimiser
         * or full-batch method is. Their derivatives are 0 before clipping, so that they count in no norm. Not done unless asked
         * for.
         *
         * @param mask for as many parameters as the network has, or else training refuses it
         * @return this builder
         */
        public Builder mask(Mask mask) {
            settings.mask = Objects.requireNonNull(mask, "mask");
            return this;
        }

        /**
         * Makes weights 0 while the network is trained, before the epochs that the pruning names, and keeps them at 0 as {@link
         * #mask} does. Early stopping begins with the epoch before which the last weights become 0. Not done unless asked for.
         *
         * @param pruning how many, which, and when
         * @return this builder
         */
        public Builder pruning(Pruning pruning) {
            settings.pruning = Objects.requireNonNull(pruning, "pruning");
            return this;
        }

        /**
         * Adds {@code factor * sign(p)} to the gradient of every parameter p; 0 unless said otherwise.
         *
         * @param factor 0 or positive, finite
         * @return this builder
         */
        public Builder l1(double factor) {
            Checks.notNegative("l1", factor);
            settings.l1 = factor;
            return this;
        }

        /**
         * Adds {@code factor * p} to the gradient of every parameter p; 0 unless said otherwise.
         *
         * @param factor 0 or positive, finite
         * @return this builder
         */
        public Builder l2(double factor) {
            Checks.notNegative("l2", factor);
            settings.l2 = factor;
            return this;
        }

        /**
         * Leaves biases, and all other parameters that are not weights, out of {@link #l1}, {@link #l2} and the weight decay of
         * {@link Optimizers#adamW(double) AdamW}; not done unless asked for. The network has to tell its layout.
         *
         * @return this builder
         */
        public Builder sparingBiases() {
            settings.spareBiases = true;
            return this;
        }

        /**
         * Brings every derivative into [-limit, limit]; not done unless asked for.
         *
         * @param limit positive and finite
         * @return this builder
         */
        public Builder clipValue(double limit) {
            Checks.positive("clipValue", limit);
            settings.clipValue = limit;
            return this;
        }

        /**
         * Scales a gradient whose Euclidean norm is greater than {@code limit} to that norm; not done unless asked for.
         *
         * @param limit positive and finite
         * @return this builder
         */
        public Builder clipNorm(double limit) {
            Checks.positive("clipNorm", limit);
            settings.clipNorm = limit;
            return this;
        }

        /**
         * Records that are not trained on, but whose loss is computed after every epoch, by their weights where they
         * have some; none unless given.
         *
         * @param records of the network's widths
         * @return this builder
         */
        public Builder validation(RecordStore records) {
            settings.validation = Objects.requireNonNull(records, "records");
            return this;
        }

        /**
         * Computes a number of the validation records after every epoch, for the {@link History}:
         * {@code metric("accuracy", Metrics::accuracy)}. May be called for several; what the function throws ends the training.
         * Needs {@link #validation}.
         *
         * @param name of the number, without commas, quotes and line breaks; stands for the function in checkpoints, too
         * @param function may be called by the training's thread only
         * @return this builder
         */
        public Builder metric(String name, ToDoubleFunction<Metrics> function) {
            Objects.requireNonNull(function, "function");
            if (name.isBlank() || name.chars().anyMatch(c -> c == ',' || c == '"' || c < ' ')) {
                throw new IllegalArgumentException("the name of a metric is \"" + name
                        + "\"; expected one without commas, quotes and line breaks");
            }
            if (settings.metricIndex(name) >= 0) {
                throw new IllegalArgumentException("there is a metric \"" + name + "\" already; expected another name");
            }
            settings.metrics.add(new NamedMetric(name, function));
            return this;
        }

        /**
         * Ends the training when the validation loss has not fallen for {@code patience} epochs. However the training
         * ends, unless by an exception, the network gets back the parameters of the epoch whose validation loss was
         * least. Needs
         * {@link #validation}; not done unless asked for.
         *
         * @param patience 1 or more
         * @param minimumGain by how much the loss must fall below that of the last epoch that counted, for this epoch to count; 0
         *     or more
         * @return this builder
         */
        public Builder earlyStopping(int patience, double minimumGain) {
            Checks.count("patience", patience);
            Checks.notNegative("minimumGain", minimumGain);
            settings.patience = patience;
            settings.minimumGain = minimumGain;
            settings.measure = null;
            settings.best = Best.LEAST;
            return this;
        }

        /**
         * Likewise, by a {@linkplain #metric metric} in the place of the validation loss:
         * {@code earlyStopping(5, 0, "accuracy", Best.GREATEST)}. An epoch where it is NaN does not count.
         *
         * @param patience 1 or more
         * @param minimumGain by how much the metric must get better; 0 or more
         * @param metric its name
         * @param best which of two values is the better one
         * @return this builder
         */
        public Builder earlyStopping(int patience, double minimumGain, String metric, Best best) {
            Objects.requireNonNull(metric, "metric");
            Objects.requireNonNull(best, "best");
            earlyStopping(patience, minimumGain);
            settings.measure = metric;
            settings.best = best;
            return this;
        }

        /**
         * Tells {@code listener} of every epoch, and of every step if it is a {@link StepListener}, after those that were given
         * before it. {@link Progress} has one for terminals.
         *
         * @param listener runs on the training's thread
         * @return this builder
         */
        public Builder listener(TrainingListener listener) {
            settings.listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /** Another clock than the system's, for tests. */
        Builder clock(LongSupplier clock) {
            settings.clock = clock;
            return this;
        }

        /**
         * Saves a {@linkplain Training#checkpoint checkpoint} every so many steps, and when the training ends, unless by an
         * exception; not done unless asked for. A file that cannot be saved ends the training with an
         * {@link UncheckedIOException}.
         *
         * @param path the file, in a directory that exists; replaced each time
         * @param steps 1 or more
         * @return this builder
         */
        public Builder checkpoints(Path path, long steps) {
            Checks.count("the number of steps", steps);
            settings.checkpoint = Objects.requireNonNull(path, "path");
            settings.checkpointSteps = steps;
            return this;
        }

        /**
         * Computes the gradient of a batch, and the validation loss, on several threads, each with an instance of its
         * own that the network {@linkplain TrainableNetwork#sharing makes}, as every generated one does; 1 unless said
         * otherwise. They also share the parameters that an optimiser changes, where there are many. It pays for large
         * batches of large networks: a batch of {@value TreeSum#BLOCK} records or less is the work of one thread.
         * {@link Training#remarks} says where threads have nothing to do.
         *
         * @param count 1 or more; training with more is an {@link UnsupportedOperationException} where the network
         *     makes no others by itself
         * @return this builder
         */
        public Builder threads(int count) {
            Checks.count("the number of threads", count);
            settings.threads = count;
            settings.instances = null;
            return this;
        }

        /**
         * Computes the gradient of a batch, and the validation loss, on several threads, as {@link #threads(int)} does, for
         * networks that make no others by themselves, as those that are not generated; of a network with constants, the
         * instances have to be on the same ones.
         *
         * @param count 1 or more
         * @param instances makes a network on given parameters, a new one for each thread: {@code IdentityNetwork::new}; of the
         *     class of the network that is trained, or else training refuses it by its {@link TrainableNetwork#description()}
         * @return this builder
         */
        public Builder threads(int count, Function<double[], ? extends TrainableNetwork> instances) {
            Checks.count("the number of threads", count);
            settings.threads = count;
            settings.instances = Objects.requireNonNull(instances, "instances");
            return this;
        }

        /**
         * {@return the trainer with these settings; the builder can go on to others}
         *
         * @throws IllegalArgumentException if settings contradict one another: early stopping or metrics without validation
         *     records, early stopping by a metric that there is not, what a {@link FullBatchMethod} does not take, pruning that goes on after the last epoch, or {@link GradientMethod#perturbation
         * perturbation} on several
         *     threads
         */
        public Trainer build() {
            settings.checkTogether();
            return new Trainer(settings.copy());
        }
    }
}
