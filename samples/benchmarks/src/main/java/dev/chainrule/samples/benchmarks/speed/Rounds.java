package dev.chainrule.samples.benchmarks.speed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured, round by round, so that whatever disturbs the machine disturbs all alike. */
final class Rounds<K> {
    private final Map<K, List<Double>> times = new LinkedHashMap<>();

    /** What takes the time of a subject, in a round counted from 1. */
    interface Clock<K> {
        double time(K subject, int round);
    }

    /** Measures each once a round; tells on the standard error how far it is. */
    static <K> Rounds<K> measure(int rounds, List<K> subjects, Clock<K> clock) {
        Rounds<K> measured = new Rounds<>();
        for (int round = 1; round <= rounds; round++) {
            for (K subject : subjects) {
                System.err.printf("\r\033[Kround %d of %d: %s", round, rounds, subject);
                measured.add(subject, clock.time(subject, round));
            }
        }
        System.err.print("\r\033[K");
        return measured;
    }

    void add(K subject, double time) {
        times.computeIfAbsent(subject, key -> new ArrayList<>()).add(time);
    }

    boolean has(K subject) {
        return times.containsKey(subject);
    }

    Spread of(K subject) {
        return Spread.of(times.get(subject));
    }

    Spread ratioByRank(K above, K below) {
        return Spread.ratioByRank(times.get(above), times.get(below));
    }

    Spread ratio(K above, K below) {
        return Spread.ratio(times.get(above), times.get(below));
    }
}
