package dev.chainrule.runtime.training;

import java.util.List;

/** What a training's settings do not do, though one may think so. */
final class Remarks {
    private Remarks() {}

    /** A line for each; most often none. */
    static List<String> of(Settings settings, BatchSource records, int batchSize) {
        int busy = LocalSource.busy(settings, records, batchSize);
        if (settings.threads == 1 || busy == settings.threads) {
            return List.of();
        }
        if (busy == 0) {
            return List.of("others sum over the batches, and the " + settings.threads + " threads have nothing to do"
                    + (settings.validation == null ? "" : " but to validate"));
        }
        return List.of("batches of " + Text.count(batchSize, "record") + " keep " + busy + " of " + settings.threads
                + " threads busy, as these share them out by blocks of " + TreeSum.BLOCK + " records");
    }
}
