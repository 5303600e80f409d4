// Gradient descent, by all records at once, by one after the other, or by some at a time

/** The errors of a curve: before the first step, and after each. */
let errors = [];

/** More points than this a call are not computed, as each is a pass over all records. */
const MOST_POINTS = 400;

/** The gradient of the next step: of the one record, or over the next batch. */
function nextGradient() {
  if (!state.records) {
    backpropagate();
    return net.values.gradient;
  }
  const { count } = state.records;
  const from = state.next >= count ? 0 : state.next;
  const to = Math.min(from + state.batch, count);
  state.next = to >= count ? 0 : to;
  return sumOverRecords(from, to).gradient;
}

function descend(steps) {
  const rate = byId("rate").valueAsNumber;
  if (!Number.isFinite(rate)) return;
  const errorOfNow = () => (state.records ? errorOverRecords() : net.forward());
  if (errors.length === 0) errors.push({ step: 0, error: errorOfNow() });
  const before = errors[errors.length - 1].step;
  const apart = Math.ceil(steps / MOST_POINTS);
  for (let step = 1; step <= steps; step++) {
    const gradient = withKept(nextGradient());
    for (let i = 0; i < parameters; i++) p[i] -= rate * gradient[i];
    net.forward();
    if (step % apart === 0 || step === steps) errors.push({ step: before + step, error: errorOfNow() });
  }
  update();
}

/** How many steps go once through all records. */
function stepsOfEpoch() {
  return state.records ? Math.ceil(state.records.count / Math.min(state.batch, state.records.count)) : 1;
}

function drawCurve() {
  const [width, height, left, bottom] = [Math.min(560, byId("curve").clientWidth), 130, 56, 24];
  const last = errors[errors.length - 1];
  const steps = Math.max(last?.step ?? 0, 1);
  const finite = errors.map(({ error }) => error).filter(Number.isFinite);
  const greatest = finite.slice(-5000).reduce((one, other) => Math.max(one, other), 1e-300);
  const x = (step) => left + (step * (width - left - 12)) / steps;
  const y = (error) => 10 + (1 - Math.min(error, greatest) / greatest) * (height - bottom - 10);
  const points = errors.filter(({ error }) => Number.isFinite(error)).map(({ step, error }) => `${x(step).toFixed(1)},${y(error).toFixed(1)}`);
  const ofWhat = state.records ? `the ${state.isMean ? "mean" : "sum"} over ${state.records.count.toLocaleString("en")} records` : "this one record";
  byId("curve").innerHTML = errors.length < 2
    ? `<p class="note">Each step changes every parameter by \u2212rate \u00b7 its derivative, for ${ofWhat}.</p>`
    : `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="The error over ${last.step} steps, from ${short(errors[0].error)} to ${short(last.error)}">` +
      `<line class="axis" x1="${left}" x2="${width - 12}" y1="${y(0)}" y2="${y(0)}"/><line class="axis" x1="${left}" x2="${left}" y1="10" y2="${y(0)}"/>` +
      `<text class="name end" x="${left - 6}" y="${y(greatest)}">${short(greatest)}</text><text class="name end" x="${left - 6}" y="${y(0)}">0</text>` +
      `<text class="name end" x="${width - 12}" y="${height - 8}">${last.step.toLocaleString("en")} step${last.step === 1 ? "" : "s"}</text>` +
      `<polyline class="line" style="stroke:var(--accent)" points="${points.join(" ")}"/>` +
      (Number.isFinite(last.error) ? `<circle cx="${x(last.step)}" cy="${y(last.error)}" r="3.5" style="fill:var(--accent)"/>` : "") + "</svg>" +
      `<p class="note">E, ${ofWhat}: ${short(last.error)}</p>`;
  byId("batches").hidden = !state.records;
  byId("epoch").disabled = stepsOfEpoch() === 1;
}

/** Takes what the fields say of batches. */
function chooseBatch() {
  const size = byId("batch-size").valueAsNumber;
  state.batch = { all: Infinity, one: 1, some: size >= 1 ? Math.floor(size) : 2 }[byId("batch").value];
  byId("batch-size").disabled = byId("batch").value !== "some";
  state.isMean = byId("averaged").value === "mean";
  state.next = 0;
  errors = [];
  update();
}

panels.push({
  name: "descent",
  start() {
    byId("step").addEventListener("click", () => descend(1));
    byId("steps").addEventListener("click", () => descend(50));
    byId("epoch").addEventListener("click", () => descend(stepsOfEpoch()));
    byId("again").addEventListener("click", () => {
      startNumbers();
      forgetKept();
      errors = [];
      state.next = 0;
      if (state.records) loadRecord(state.opened);
      update();
    });
    for (const id of ["batch", "batch-size", "averaged"]) byId(id).addEventListener("change", chooseBatch);
    window.addEventListener("resize", drawCurve);
  },
  update: drawCurve,
});
