// Second derivatives: of the chosen parameter, the Jacobian, and Levenberg and Marquardt's method beside gradient descent

const second = byId("second") ? secondOrder(p, input, target, constants) : null;

/** What the square of an output's residual is multiplied by in E; undefined where E is no sum of squares. */
function factorOf(output) {
  const scale = { SUM_OF_SQUARES: 1, HALF_SUM_OF_SQUARES: 0.5, MEAN_SQUARED_ERROR: 1 / output.units }[output.loss];
  return NETWORK.layers[output.layer - 1].inverse ? undefined : scale && scale * output.weight;
}

/** The second derivative of E by one parameter. */
function secondDerivative(index) {
  second.values.v.fill(0);
  second.values.v[index] = 1;
  return second.product()[index];
}

/** The same by a difference quotient of backpropagation's derivative. */
function quotientOfSlopes(index, epsilon) {
  const value = p[index];
  const slopeAt = (there) => {
    p[index] = there;
    compute();
    return net.values.gradient[index];
  };
  const quotient = (slopeAt(value + epsilon) - slopeAt(value - epsilon)) / (value + epsilon - (value - epsilon));
  p[index] = value;
  compute();
  return quotient;
}

function showSecond() {
  const index = indexOf(chosen);
  const value = secondDerivative(index);
  byId("second-of").innerHTML = `\u2202\u00b2E/\u2202${nameOf(chosen)}\u00b2`;
  put(byId("second-value"), value, String(value).replace(/-/g, "\u2212"));
  put(byId("second-off"), quotientOfSlopes(index, 1e-5) - value);
  byId("second-step").textContent = value > 0
    ? `E is least, to second order, where it changes by ${short(-net.values.gradient[index] / value)}.`
    : "E bends downwards here: it has no least value to second order.";
  second.byInputs();
  const { jacobian } = second.values;
  for (const element of byId("jacobian").querySelectorAll("[data-entry]")) {
    put(element, jacobian[Number(element.dataset.entry)]);
  }
}

function showJacobian() {
  windowTable(byId("jacobian"), {
    rows: outputs, columns: NETWORK.inputs, height: 10, width: 6, caption: "",
    rowName: (j) => `\u2202y_${j}`,
    columnName: (k) => `\u2202x_${k}`,
    cell: (j, k) => `<span data-entry="${j * NETWORK.inputs + k}"></span>`,
    after: showSecond,
  });
}

/** Solves A x = b for a symmetric positive matrix, by Cholesky's method; null where it is not. */
function solved(A, b) {
  const n = b.length;
  const L = Array.from({ length: n }, () => new Float64Array(n));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = A[i][j];
      for (let k = 0; k < j; k++) rest -= L[i][k] * L[j][k];
      if (i === j && !(rest > 0)) return null;
      L[i][j] = i === j ? Math.sqrt(rest) : rest / L[j][j];
    }
  }
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= L[i][k] * x[k];
    x[i] /= L[i][i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= L[k][i] * x[k];
    x[i] /= L[i][i];
  }
  return x;
}

/** J'J and J'r of the record that is shown, each output's square times its factor. */
function normalEquations() {
  const jacobian = second.byParameters();
  const y = second.values.y();
  const JJ = Array.from({ length: parameters }, () => new Float64Array(parameters));
  const Jr = new Float64Array(parameters);
  for (const output of NETWORK.outputs) {
    for (let j = output.first; j < output.first + output.units; j++) {
      const row = jacobian.subarray(j * parameters, (j + 1) * parameters);
      const factor = factorOf(output);
      for (let i = 0; i < parameters; i++) {
        Jr[i] += factor * row[i] * (y[j] - target[j]);
        for (let k = 0; k <= i; k++) JJ[i][k] += factor * row[i] * row[k];
      }
    }
  }
  return { JJ, Jr };
}

/** The errors before each of some steps of a method, which is given to take one; parameters are the same afterwards. */
function errorsOf(steps, step) {
  const kept = p.slice();
  const found = [net.forward()];
  for (let at = 0; at < steps; at++) found.push(step(found[at]));
  p.set(kept);
  compute();
  return found;
}

function descending(rate) {
  return () => {
    compute();
    for (let i = 0; i < parameters; i++) p[i] -= rate * net.values.gradient[i];
    return net.forward();
  };
}

/** Steps that solve (J'J + lambda D) h = -J'r, where D is the greatest element of the diagonal; lambda after Nielsen. */
function marquardt() {
  let [lambda, growth] = [1e-3, 2];
  return (before) => {
    const { JJ, Jr } = normalEquations();
    const most = Math.max(...JJ.map((row, i) => row[i]));
    for (let attempt = 0; attempt < 20 && most > 0; attempt++) {
      const h = solved(JJ.map((row, i) => row.map((value, k) => value + (i === k ? lambda * most : 0))), Jr.map((slope) => -slope));
      if (h) {
        const kept = p.slice();
        for (let i = 0; i < parameters; i++) p[i] += h[i];
        const after = net.forward();
        const foretold = h.reduce((total, change, i) => total + change * (lambda * most * change - Jr[i]), 0);
        if (after < before) {
          lambda *= Math.max(1 / 3, 1 - (2 * (before - after) / foretold - 1) ** 3);
          growth = 2;
          return after;
        }
        p.set(kept);
      }
      lambda *= growth;
      growth *= 2;
    }
    return net.forward();
  };
}

const RACE_STEPS = 30;

/** Both methods from the parameters of now, on a logarithmic scale. */
function race() {
  const rate = byId("rate").valueAsNumber;
  const runs = [
    { name: "gradient descent", colour: "var(--accent)", errors: errorsOf(RACE_STEPS, descending(rate)) },
    { name: "Levenberg-Marquardt", colour: "var(--negative)", errors: errorsOf(RACE_STEPS, marquardt()) },
  ];
  const [width, height, left, bottom] = [Math.min(560, byId("race").clientWidth || 560), 170, 56, 24];
  const levels = runs.flatMap((run) => run.errors).filter((error) => error > 0 && Number.isFinite(error)).map(Math.log10);
  const [low, high] = [Math.max(Math.min(...levels), Math.max(...levels) - 16), Math.max(...levels)];
  const x = (step) => left + (step * (width - left - 12)) / RACE_STEPS;
  const y = (error) => 10 + ((high - Math.max(Math.log10(Math.max(error, 1e-300)), low)) * (height - bottom - 30)) / (high - low || 1);
  const line = ({ errors: all, colour }) =>
    `<polyline class="line" style="stroke:${colour}" points="${all.filter(Number.isFinite).map((error, step) => `${x(step).toFixed(1)},${y(error).toFixed(1)}`).join(" ")}"/>`;
  byId("race").innerHTML =
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="The errors of both methods over ${RACE_STEPS} steps">` +
    `<line class="axis" x1="${left}" x2="${left}" y1="10" y2="${height - bottom}"/><line class="axis" x1="${left}" x2="${width - 12}" y1="${height - bottom}" y2="${height - bottom}"/>` +
    `<text class="name end" x="${left - 6}" y="14">${short(10 ** high)}</text><text class="name end" x="${left - 6}" y="${height - bottom}">${short(10 ** low)}</text>` +
    `<text class="name end" x="${width - 12}" y="${height - 8}">${RACE_STEPS} steps</text>${runs.map(line).join("")}</svg>` +
    `<p class="legend">${runs.map(({ name, colour, errors: all }) => `<span style="color:${colour}">${name}: <span data-value="${all[RACE_STEPS]}">${short(all[RACE_STEPS])}</span></span>`).join(" ")}</p>`;
}

if (second) {
  panels.push({
    name: "second",
    start() {
      showJacobian();
      showSecond();
      const isOfSquares = NETWORK.outputs.every(factorOf);
      byId("run-race").disabled = !isOfSquares;
      if (!isOfSquares) byId("race").innerHTML = '<p class="note">Levenberg and Marquardt\u2019s method takes a sum of squares, which this loss is not.</p>';
      byId("run-race").addEventListener("click", race);
    },
    update: showSecond,
  });
}
