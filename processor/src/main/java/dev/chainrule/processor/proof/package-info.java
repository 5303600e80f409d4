/**
 * Proves properties of frozen classes: of the numbers that they compute, to the last bit, and not of the real network behind them.
 *
 * <pre>
 *   TrainedNetwork -> Circuit        what the class computes, as steps over one array of values
 *   Property       -> Claim          the inequalities, over values of the circuit
 *   Box            -> Ranges, Lines  bounds of each value, and lines that the values of a function lie between
 *                  -> Relaxation     bounds of linear forms, backward to the record
 *                  -> Decider        decided, or cut in two where the form changes most
 *                  -> Search         an Outcome: proved, broken by a record, or undecided
 * </pre>
 *
 * <p><b>What is proved.</b> A box holds numbers of the precision, from a least to a greatest one for each input. For each record of it
 * the outputs that {@code forward} returns, as the real numbers that they are, satisfy the inequalities. Boxes are cut between two
 * neighbouring numbers, so that nothing lies between the parts.
 *
 * <p><b>Why it holds.</b> Every bound is one of these five, and each holds of the <em>computed</em> values.
 * <ol>
 *   <li><em>Chains on ends</em> ({@link dev.chainrule.processor.proof.Ranges}). An operation of IEEE arithmetic, and fma, is the exact
 *       result rounded; rounding is monotonic, and so the operation is in each argument where the exact one is. The very chain that the
 *       class runs, on those ends of ranges that the sign of each weight picks, bounds what the class computes: nothing is rounded
 *       outward, as nothing is computed twice. Products and quotients take the four corners. The ranges of a single record are its values.
 *   <li><em>Functions</em> ({@link dev.chainrule.processor.proof.Enclosures}, {@link dev.chainrule.processor.proof.Lines}). A function
 *       of a unit is an expression in z, whatever activation or formula it is from. For a piece of an interval, an enclosure tells the
 *       computed values, slopes of a real function, and how far computed values are from it: the error of an operation is at most
 *       u |result| + eta (Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed., section 2.2), errors of operands are carried on
 *       by slopes, and those of kernels are proved ({@link dev.chainrule.processor.proof.KernelErrors}). So f(z) is not
 *       below f(p) + s (z - p) - 2 error for the least slope s and the low end p, and likewise from the high end; f(p) is computed, not
 *       bounded. Where a choice is not decided, the enclosure says nothing of slopes, and only ranges are used; intervals are cut at what z
 *       is compared with, so that choices are decided in almost all pieces. A line of any slope is a lower bound when moved down by the
 *       least of f(z) - slope z over all pieces; some slopes are tried. {@code max(0, z)} is computed without error and convex: its lines
 *       are those of Singh and others, "An abstract domain for certifying neural networks" (POPL 2019).
 *   <li><em>Linear forms backward</em> ({@link dev.chainrule.processor.proof.Relaxation}), as Zhang and others, "Efficient neural network
 *       robustness certification with general activation functions" (NeurIPS 2018), do it for real networks. Here the form is over
 *       computed values: a sum's value is b + sum w a + d with the computed a, where |d| is at most gamma_n (|b| + sum |w| |a|) + n eta for n
 *       roundings (Higham, section 3.1), in whatever order they are added; a function's value lies between its lines. Each value of the
 *       form is replaced by what it is made of, and its d, times the magnitude of its factor, is added to what is lost. As the next
 *       layer's form is over computed values again, no error has to be carried through layers.
 *   <li><em>Softmax</em> of real z is 1 / sum exp(z_i - z_j), which falls with each difference; differences are bounded as forms. What is
 *       computed is that, times 1 + d: |d| is at most u times twice the largest difference, for z - max is rounded, and some u more.
 *   <li><em>Order</em> ({@link dev.chainrule.processor.proof.Order}). Where two values are made by the same operations with the same
 *       parameters, in the same order, of values v and w of which is known that v is at most w, the first is at most the second, or the
 *       other way round, as the signs of weights say: each operation rounds, and rounding is monotonic, and so is a kernel where it is
 *       proved ({@link dev.chainrule.processor.proof.KernelOrder}). Then {@code c + f (w - v)} is not below c. This alone proves
 *       what holds by nothing, as {@code y_1 >= y_0} for a record and one that is raised by 0 or more.
 * </ol>
 *
 * <p><b>The prover's own roundings.</b> The factors of a form are sums of products in double. What their rounding changes, times the
 * values that they multiply, is at most N 2^-52 (|b| + sum |w| |a|) times the magnitude of the factor behind, for N values in all, and is
 * part of d above; the number that a form is left with errs by N 2^-52 of the magnitudes that are added. Underflow takes at most
 * 2^-1074 a product, together less than {@code Double.MIN_NORMAL} times the largest value. In all other places ends are rounded outward
 * ({@link dev.chainrule.processor.proof.Outward}), or by {@code nextUp} and {@code nextDown}.
 *
 * <p><b>Ends that are not finite.</b> A box is decided only where each end of each range is finite; then no value of it is NaN. Each
 * comparison that proves something fails for NaN.
 *
 * <p><b>The same answer everywhere.</b> A round decides a fixed number of boxes, on all cores; what they yield is taken in order. All
 * arithmetic is that of IEEE, and random inputs are seeded.
 */
package dev.chainrule.processor.proof;
