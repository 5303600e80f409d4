// Mistakes made on purpose: one equation of backpropagation put down wrong, as the processor has rendered it, or a gradient that
// is not set to zero

/** The gradient without the mistake. */
const right = new Float64Array(parameters);

/** What earlier calls have left in the gradient, where it is not set to zero between them. */
const kept = new Float64Array(parameters);

/** Backpropagation for the record that stands there, with the mistake if there is one. */
function backpropagate() {
  const { mistake } = state;
  net.backpropagation(mistake?.section, mistake?.wrong);
}

function isKept() {
  return state.mistake?.kind === "zero";
}

/** A gradient as it comes back to one who never sets the array to zero. */
function withKept(gradient) {
  if (!isKept()) return gradient;
  for (let i = 0; i < parameters; i++) kept[i] += gradient[i];
  return kept;
}

function forgetKept() {
  kept.fill(0);
}

/** The loss and all derivatives of the record that is shown, and of these also what they should be. */
function compute() {
  E = net.forward();
  net.backpropagation();
  right.set(net.values.gradient);
  if (!state.mistake) return;
  backpropagate();
  if (isKept()) for (let i = 0; i < parameters; i++) net.values.gradient[i] += kept[i];
}

/** Whether a derivative of the page differs from what it should be by more than roundings. */
function isWrong(index) {
  if (!state.mistake) return false;
  const off = Math.abs(net.values.gradient[index] - right[index]);
  return off > 1e-9 * Math.max(Math.abs(right[index]), Math.abs(net.values.gradient[index]));
}
