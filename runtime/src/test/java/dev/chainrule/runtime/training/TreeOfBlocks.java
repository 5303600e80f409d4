package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;
import java.util.ArrayList;
import java.util.List;

/** The sum of a batch, level by level as the words say it: what {@link TreeSum} has to come to. */
record TreeOfBlocks(double error, double[] sums) {
    private static final int BLOCK = 32;

    /** The gradient of all records. */
    static TreeOfBlocks of(TrainableNetwork network, Records records) {
        List<TreeOfBlocks> level = new ArrayList<>();
        for (int from = 0; from < records.count(); from += BLOCK) {
            double[] block = new double[network.parameters().length];
            int to = Math.min(from + BLOCK, records.count());
            double error = network.backprop(records.inputs(), records.targets(), from, to, block);
            level.add(new TreeOfBlocks(error, block));
        }
        return root(level);
    }

    /** The blocks added by twos, the results likewise, until there is one. */
    static TreeOfBlocks root(List<TreeOfBlocks> blocks) {
        List<TreeOfBlocks> level = blocks;
        while (level.size() > 1) {
            List<TreeOfBlocks> next = new ArrayList<>();
            for (int i = 0; i < level.size(); i += 2) {
                next.add(i + 1 < level.size() ? level.get(i).plus(level.get(i + 1)) : level.get(i));
            }
            level = next;
        }
        return level.get(0);
    }

    private TreeOfBlocks plus(TreeOfBlocks right) {
        double[] sum = new double[sums.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = sums[i] + right.sums[i];
        }
        return new TreeOfBlocks(error + right.error, sum);
    }
}
