package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkersTest {
    /** Long enough that a waiting thread sleeps instead of looking. */
    private static final int LONG_MILLIS = 30;

    @Test
    void everyWorkerDoesItsTaskOnceARound() {
        int[] done = new int[4];
        try (Workers workers = new Workers(4)) {
            for (int round = 1; round <= 1_000; round++) {
                workers.run(worker -> done[worker]++);
                assertThat(done).containsOnly(round);
            }
        }
    }

    @Test
    void waitsForASlowWorkerAsleep() {
        int[] done = new int[2];
        IntConsumer task = worker -> {
            sleep(worker * LONG_MILLIS);
            done[worker]++;
        };
        try (Workers workers = new Workers(2)) {
            workers.run(task);
            assertThat(done).containsExactly(1, 1);
            workers.run(task);
            assertThat(done).containsExactly(2, 2);
        }
    }

    @Test
    void wakesWorkersThatSleep() {
        AtomicInteger done = new AtomicInteger();
        try (Workers workers = new Workers(3)) {
            for (int round = 1; round <= 3; round++) {
                sleep(LONG_MILLIS);
                workers.run(worker -> done.incrementAndGet());
                assertThat(done).hasValue(3 * round);
            }
        }
    }

    @Test
    void theFirstWorkerIsTheCaller() {
        Thread[] threads = new Thread[2];
        try (Workers workers = new Workers(2)) {
            workers.run(worker -> threads[worker] = Thread.currentThread());
        }
        assertThat(threads[0]).isSameAs(Thread.currentThread());
        assertThat(threads[1].getName()).isEqualTo("chainrule-training-1");
        assertThat(threads[1].isDaemon()).isTrue();
    }

    @Test
    void whatAnyWorkerThrowsIsThrownWhenAllHaveEnded() {
        for (int failing = 0; failing < 3; failing++) {
            int failingWorker = failing;
            Error thrown = new AssertionError();
            AtomicInteger ended = new AtomicInteger();
            IntConsumer task = worker -> {
                if (worker == failingWorker) {
                    throw thrown;
                }
                sleep(LONG_MILLIS);
                ended.incrementAndGet();
            };
            try (Workers workers = new Workers(3)) {
                assertThatThrownBy(() -> workers.run(task)).isSameAs(thrown);
                assertThat(ended).hasValue(2);
            }
        }
    }

    /** Also once it was interrupted, as all threads of a group may be. */
    @Test
    void sleepsWhileThereIsNothingToDo() {
        Thread[] threads = new Thread[2];
        try (Workers workers = new Workers(2)) {
            for (int round = 1; round <= 2; round++) {
                workers.run(worker -> threads[worker] = Thread.currentThread());
                threads[1].interrupt();
                sleep(LONG_MILLIS);
                assertFallsAsleep(threads[1]);
            }
        }
    }

    private static void assertFallsAsleep(Thread thread) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (thread.getState() != Thread.State.WAITING && System.nanoTime() < end) {
            sleep(1);
        }
        assertThat(thread.getState()).isEqualTo(Thread.State.WAITING);
    }

    @Test
    void closeEndsSleepingThreads() throws InterruptedException {
        Thread[] threads = new Thread[3];
        try (Workers workers = new Workers(3)) {
            workers.run(worker -> threads[worker] = Thread.currentThread());
            sleep(LONG_MILLIS);
        }
        threads[1].join();
        threads[2].join();
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
