package dev.chainrule.runtime.training;

import dev.chainrule.runtime.InputDescription;
import dev.chainrule.runtime.TargetSlice;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.List;

/** Records of this JVM, summed over by its threads. */
final class LocalSource implements BatchSource {
    private final String what;
    private final RecordStore records;
    private final Team team;

    /**
     * @param what what the records are, for messages: {@code "records"}
     */
    LocalSource(String what, RecordStore records, Team team) {
        this.what = what;
        this.records = records;
        this.team = team;
    }

    /** How many of a training's threads sum over its batches: 0 where others do. */
    static int busy(Settings settings, BatchSource records, int batchSize) {
        return records instanceof LocalSource ? Math.min(settings.threads, TreeSum.blocks(batchSize)) : 0;
    }

    @Override
    public int count() {
        return records.count();
    }

    @Override
    public int inputWidth() {
        return records.inputWidth();
    }

    @Override
    public int targetWidth() {
        return records.targetWidth();
    }

    @Override
    public boolean isWeighted() {
        return records.isWeighted();
    }

    @Override
    public double weight(int record) {
        return records.weight(record);
    }

    @Override
    public long checksum() {
        return Visits.checksum(records);
    }

    @Override
    public void checkTargets(List<TargetSlice> slices) {
        Visits.checkTargets(what, slices, records);
    }

    @Override
    public void checkCategories(List<InputDescription> parts) {
        Visits.checkCategories(what, parts, records);
    }

    @Override
    public BatchSums sums(TrainableNetwork network, BatchPlan plan) {
        return new LocalSums(records, team, plan);
    }
}
