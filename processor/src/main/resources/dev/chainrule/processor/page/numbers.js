// What the equations call

function sigmoid(z) {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

function softplus(z) {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

function erf(x) {
  let term = 2 * x / Math.sqrt(Math.PI) * Math.exp(-x * x);
  return Math.abs(x) > 6 ? Math.sign(x) : sum(term, 150, (n) => (term *= 2 * x * x / (2 * n + 3)));
}

function logCosh(d) {
  const size = Math.abs(d);
  if (size > 1) return size - Math.LN2 + Math.log1p(Math.exp(-2 * size));
  return Math.log1p(2 * Math.sinh(d / 2) ** 2);
}

function huber(d) {
  return Math.abs(d) <= 1 ? 0.5 * d * d : Math.abs(d) - 0.5;
}

function sum(start, size, term) {
  let total = start;
  for (let i = 0; i < size; i++) total += term(i);
  return total;
}

function maximum(size, term) {
  let greatest = term(0);
  for (let i = 1; i < size; i++) greatest = Math.max(greatest, term(i));
  return greatest;
}

// The network's numbers

/** Without a loss there is nothing to derive: the page shows values alone. */
const hasLoss = NETWORK.outputs[0].loss !== "";
const depth = NETWORK.layers.length;
const outputs = NETWORK.outputs.reduce((count, output) => count + output.units, 0);

/** The units of a group: of a layer, by its number, of the input, 0, or of categories. */
function unitsOf(group) {
  if (group === 0) return NETWORK.inputs;
  return typeof group === "number" ? layerOf(group).units : NETWORK.parts.find((part) => "x_" + part.name === group).units;
}

const parameters = NETWORK.parameters;
const p = new Float64Array(parameters);
const input = new Float64Array(NETWORK.inputs);
const target = new Float64Array(outputs);
const constants = new Float64Array(NETWORK.constants);
const net = derivation(p, input, target, constants);
let E = 0;

/** The value of a unit of a group, as graph.js has them. */
function activation(group, unit) {
  if (group === 0) return input[unit];
  return net.values[typeof group === "number" ? "a" + group : group][unit];
}

/** The generator mulberry32: the same numbers in every browser, between -1 and 1. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

const rounded = (value) => Math.round(value * 100) / 100;

/**
 * Where a page starts: the numbers of the network's file; else the same each time, weights uniform with Glorot's limit, two digits
 * each.
 */
function startNumbers() {
  const next = generator(1);
  for (let k = 0; k < input.length; k++) input[k] = rounded(next());
  for (const part of NETWORK.parts) if (part.isCategory) input[part.first] = part.firstCategory;
  input.set(NETWORK.record ?? []);
  for (const { first, units, loss } of NETWORK.outputs) {
    for (let j = 0; j < units; j++) {
      target[first + j] = loss === "CATEGORICAL_CROSS_ENTROPY" ? (j === 0 ? 1 : 0) : (j + 1) % 2;
    }
  }
  NETWORK.layers.forEach((layer) => {
    const limit = Math.sqrt(6 / (layer.inputs + layer.units));
    const last = layer.offset + (layer.inputs + (layer.rows[0] === "bias" ? 1 : 0)) * layer.units;
    for (let i = layer.offset; i < last; i++) p[i] = rounded(next() * limit);
    layer.first.forEach((value, letter) => p.fill(value, last + letter * layer.units, last + (letter + 1) * layer.units));
    if (layer.kind !== "SCALE") return;
    for (let j = 0; j < layer.units; j++) {
      constants[layer.constants + j] = rounded(next() / 2);
      constants[layer.constants + layer.units + j] = rounded(1.5 + next() / 2);
    }
  });
  const numbers = numbersOfFile();
  if (numbers.length === 0) return;
  p.set(numbers.subarray(0, parameters));
  constants.set(numbers.subarray(parameters));
}

/** The parameters and then the constants of the network's file; none where it has no file. */
function numbersOfFile() {
  const bytes = new DataView(Uint8Array.from(atob(NETWORK.numbers), (character) => character.charCodeAt(0)).buffer);
  return Float64Array.from({ length: bytes.byteLength / 8 }, (_, i) => bytes.getFloat64(8 * i));
}

/** (E(p + e) - E(p - e)) / 2e, divided by the step that rounding leaves. */
function perturbation(index, epsilon) {
  const value = p[index];
  const up = (p[index] = value + epsilon);
  const above = net.forward();
  const down = (p[index] = value - epsilon);
  const below = net.forward();
  p[index] = value;
  net.forward();
  return (above - below) / (up - down);
}

// Parameters: {layer, from, to}, where from is -1, -2, ... for a bias and the letters of a formula

function indexOf(parameter) {
  const layer = NETWORK.layers[parameter.layer - 1];
  const row = parameter.from < 0 ? layer.inputs - 1 - parameter.from : parameter.from;
  return layer.offset + row * layer.units + parameter.to;
}

function parameterAt(index) {
  let layer = depth;
  while (NETWORK.layers[layer - 1].offset > index || !hasParameters(NETWORK.layers[layer - 1])) layer--;
  const within = index - NETWORK.layers[layer - 1].offset;
  const units = unitsOf(layer);
  const row = Math.floor(within / units);
  const { inputs } = NETWORK.layers[layer - 1];
  return { layer, from: row < inputs ? row : inputs - 1 - row, to: within % units };
}

function hasParameters(layer) {
  return layer.inputs + layer.rows.length > 0;
}

/** The parameter before or after an index; undefined where there is none. */
function nextTo(index, step) {
  const next = index + step;
  return next < 0 || next >= parameters ? undefined : parameterAt(next);
}

function familyOf(parameter) {
  if (parameter.from >= 0) return "w" + parameter.layer;
  const row = NETWORK.layers[parameter.layer - 1].rows[-1 - parameter.from];
  return row === "bias" ? "b" + parameter.layer : "p" + parameter.layer + "_" + row;
}

function unitsIn(parameter) {
  return parameter.from < 0 ? [parameter.to] : [parameter.from, parameter.to];
}

function nameOf(parameter) {
  return [familyOf(parameter), ...unitsIn(parameter)].join("_");
}

// Numbers as text

/** Four digits, with a real minus. */
function short(value) {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-4 || size >= 1e6) ? value.toExponential(3) : String(Number(value.toPrecision(4)));
  return text.replace(/-/g, "\u2212");
}

/** Puts a number on the page: short, or with all digits; its exact value goes with it. */
function put(element, value, text = short(value)) {
  element.textContent = text;
  element.dataset.value = value;
  element.title = String(value);
}

function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}

function byId(id) {
  return document.getElementById(id);
}
