// Records to learn from: pasted, dropped as a file, or one of the sets that fit the network

/** More records than a page adds up in a second are not taken: records times parameters. */
const MOST_WORK = 2e8;

/** The activation of the outputs; of several layers that of the first. */
const outputLayer = layerOf(NETWORK.outputs[0].layer);
const hasPlainInputs = NETWORK.parts.every((part) => !part.isCategory);

/** What targets mean no and yes. */
const [no, yes] = outputLayer.activation === "tanh" ? [-1, 1] : [0, 1];

/** The targets of class {@code number}. */
function classTargets(number) {
  return outputs === 1 ? [number === 1 ? yes : no] : Array.from({ length: outputs }, (_, j) => (j === number ? yes : no));
}

/** All numbers of 0 and 1 of a length, counted up. */
function allBits(length) {
  return Array.from({ length: 2 ** length }, (_, number) => Array.from({ length }, (_, k) => (number >> (length - 1 - k)) & 1));
}

/** Points in two dimensions, one of each class after the other. */
function pointsOf2(classes, each, point) {
  const next = generator(7);
  return Array.from({ length: classes * each }, (_, at) => {
    const number = at % classes;
    const [x, y] = point(number, Math.floor(at / classes) / (each - 1), next);
    return [[rounded(x), rounded(y)], classTargets(number)];
  });
}

const isOneOutput = NETWORK.outputs.length === 1;
const classes = Math.max(2, outputs);
const hasPoints = hasPlainInputs && isOneOutput && NETWORK.inputs === 2 && outputs <= 4;

/** The sets that a page knows, each with a list of records, [inputs, targets], where it fits. */
const SETS = [
  {
    key: "xor", name: NETWORK.inputs === 2 ? "XOR" : `XOR of ${NETWORK.inputs}`,
    fits: hasPlainInputs && isOneOutput && NETWORK.inputs >= 2 && NETWORK.inputs <= 4 && outputs <= 2,
    records: () => allBits(NETWORK.inputs).map((bits) => [bits, classTargets(bits.reduce((one, other) => one ^ other))]),
  },
  {
    key: "identity", name: "Identity",
    fits: hasPlainInputs && isOneOutput && NETWORK.inputs > 1 && NETWORK.inputs === outputs && outputs <= 16,
    records: () => (outputs <= 3 && !outputLayer.isSoftmax
      ? allBits(outputs)
      : Array.from({ length: outputs }, (_, one) => Array.from({ length: outputs }, (_, k) => (k === one ? 1 : 0)))
    ).map((bits) => [bits, bits.map((bit) => (bit === 1 ? yes : no))]),
  },
  {
    key: "circles", name: "Circles", fits: hasPoints,
    records: () => pointsOf2(classes, 24, (number, along, next) => {
      const radius = 0.25 + (0.9 * number) / (classes - 1) + 0.08 * next();
      return [radius * Math.cos(along * 6), radius * Math.sin(along * 6)];
    }),
  },
  {
    key: "spirals", name: "Spirals", fits: hasPoints,
    records: () => pointsOf2(classes, 32, (number, along, next) => {
      const angle = 4.5 * along + (2 * Math.PI * number) / classes + 0.05 * next();
      return [(0.1 + along) * Math.cos(angle), (0.1 + along) * Math.sin(angle)];
    }),
  },
  {
    key: "line", name: "Noisy line", fits: hasPlainInputs && NETWORK.inputs === 1 && outputs === 1,
    records: () => {
      const next = generator(7);
      return Array.from({ length: 21 }, (_, at) => {
        const x = rounded(at / 10 - 1);
        return [[x], [rounded((no + yes) / 2 + (yes - no) * (0.35 * x + 0.08 * next()))]];
      });
    },
  },
].filter((set) => set.fits);

/** Records as the page keeps them: row-major, as Java has them. */
function recordsOf(key, name, list) {
  const records = { key, name, count: list.length, inputs: new Float64Array(list.length * input.length), targets: new Float64Array(list.length * outputs) };
  list.forEach(([inputs, targets], at) => {
    records.inputs.set(inputs, at * input.length);
    records.targets.set(targets, at * outputs);
  });
  return records;
}

/**
 * Records of text, one a line: inputs and then targets, with commas, semicolons or spaces between; or inputs and the number of a
 * class where there are several outputs. A first line of words is a header.
 */
function readRecords(text) {
  const wide = NETWORK.inputs + outputs;
  const lines = text.split(/\r?\n/).map((line, at) => ({ number: at + 1, values: line.trim().replace(/"/g, "").split(/[\s,;]+/).filter((value) => value !== "") }))
    .filter((line) => line.values.length > 0);
  if (lines.length > 0 && lines[0].values.every((value) => Number.isNaN(Number(value)))) lines.shift();
  if (lines.length === 0) throw new Error("There are no records; expected one a line.");
  const list = lines.map(({ number, values }) => {
    const wrong = values.find((value) => !Number.isFinite(Number(value)));
    if (wrong !== undefined) throw new Error(`Line ${number} has ${wrong}; expected numbers.`);
    const numbers = values.map(Number);
    const inputs = numbers.slice(0, NETWORK.inputs);
    const none = inputs.findIndex((value, k) => !isInput(value, k));
    if (none >= 0) throw new Error(`Line ${number}: ${inputs[none]} is none of the categories of ${partOf(none).name}.`);
    if (numbers.length === wide) return [inputs, numbers.slice(NETWORK.inputs)];
    const which = numbers[NETWORK.inputs];
    if (outputs > 1 && numbers.length === NETWORK.inputs + 1) {
      if (Number.isInteger(which) && which >= 0 && which < outputs) return [inputs, classTargets(which)];
      throw new Error(`Line ${number} is of class ${which}; expected 0 to ${outputs - 1}.`);
    }
    throw new Error(`Line ${number} has ${numbers.length} numbers; expected ${wide}: ${NETWORK.inputs} inputs, then ${outputs} target${outputs === 1 ? "" : "s"}.`);
  });
  if (list.length * parameters > MOST_WORK) {
    throw new Error(`These are ${list.length.toLocaleString("en")} records; expected at most ${Math.floor(MOST_WORK / parameters).toLocaleString("en")} for a network of this size.`);
  }
  return list;
}

/** Puts record {@code at} of the set in the place of the one that is shown. */
function loadRecord(at) {
  const { inputs, targets } = state.records;
  input.set(inputs.subarray(at * input.length, (at + 1) * input.length));
  target.set(targets.subarray(at * outputs, (at + 1) * outputs));
}

/** Calls {@code action} with each record of the set from one to another in place, and then puts back what was there. */
function forEachRecord(from, to, action) {
  const [shownInput, shownTarget] = [input.slice(), target.slice()];
  for (let at = from; at < to; at++) {
    loadRecord(at);
    action(at);
  }
  input.set(shownInput);
  target.set(shownTarget);
}

/** E and its gradient over records: their sum, or their mean. */
function sumOverRecords(from, to) {
  const gradient = new Float64Array(parameters);
  let error = 0;
  forEachRecord(from, to, () => {
    error += net.forward();
    backpropagate();
    for (let i = 0; i < parameters; i++) gradient[i] += net.values.gradient[i];
  });
  if (state.isMean) for (let i = 0; i < parameters; i++) gradient[i] /= to - from;
  return { error: state.isMean ? error / (to - from) : error, gradient };
}

/** E over all records, without derivatives. */
function errorOverRecords() {
  let error = 0;
  forEachRecord(0, state.records.count, () => (error += net.forward()));
  return state.isMean ? error / state.records.count : error;
}

/** Of each record its E, the derivative by the chosen parameter and the outputs. */
function eachRecord() {
  const each = [];
  const index = indexOf(chosen);
  forEachRecord(0, state.records.count, () => {
    const error = net.forward();
    backpropagate();
    each.push({ error, derivative: net.values.gradient[index], output: net.values.output.slice() });
  });
  compute();
  return each;
}

/** Chooses records, or with null the one that is shown. */
function learnFrom(records) {
  state.records = records;
  state.next = 0;
  errors = [];
  byId("set").value = records?.key ?? "";
  if (records) openRecord(0);
  else {
    state.opened = -1;
    update();
  }
}

function learnFromSet(key) {
  const set = SETS.find((one) => one.key === key);
  learnFrom(set ? recordsOf(set.key, set.name, set.records()) : null);
}

/** Shows one of the records: all of the page is about it then. */
function openRecord(at) {
  state.opened = at;
  loadRecord(at);
  update();
}

function takeRecords(text) {
  try {
    const list = readRecords(text);
    if (!byId("set").querySelector("[value=own]")) byId("set").append(new Option("your own", "own"));
    learnFrom(recordsOf("own", "your own", list));
    byId("taken").textContent = `${list.length.toLocaleString("en")} record${list.length === 1 ? "" : "s"} taken.`;
  } catch (problem) {
    byId("taken").textContent = problem.message;
  }
}

/** Whether every record's targets name one class. */
function areClasses() {
  if (!isOneOutput) return false;
  const { count, targets } = state.records;
  for (let at = 0; at < count; at++) {
    const of = targets.subarray(at * outputs, (at + 1) * outputs);
    const yeses = of.filter((value) => value === yes).length;
    if (!of.every((value) => value === yes || value === no) || (outputs > 1 && yeses !== 1)) return false;
  }
  return outputLayer.isSoftmax || outputs > 1 || ["sigmoid", "tanh"].includes(outputLayer.activation);
}

/** The class that values of the outputs stand for; what is no number stands for none. */
function classOf(values) {
  if (values.some(Number.isNaN)) return -1;
  return outputs === 1 ? (values[0] >= (no + yes) / 2 ? 1 : 0) : values.indexOf(Math.max(...values));
}

/** How records are shown: the table that they stand in, the numbers of now, and how to draw it again. */
const recordTable = { of: null, each: [], draw: null };

function showRecords() {
  byId("set-said").textContent = state.records
    ? `${state.records.name}: ${state.records.count.toLocaleString("en")} record${state.records.count === 1 ? "" : "s"}`
    : "No set is chosen: everything is about the one record.";
  byId("records").hidden = byId("confusion").hidden = !state.records;
  if (!state.records) {
    recordTable.of = null;
    return;
  }
  recordTable.each = eachRecord();
  if (recordTable.of === state.records) recordTable.draw();
  else makeRecordTable();
  showSumOverRecords();
  showConfusion();
}

function makeRecordTable() {
  const { count, inputs, targets } = state.records;
  const names = NETWORK.inputs + 2 * outputs <= 9
    ? [
        ...Array.from({ length: NETWORK.inputs }, (_, k) => [`x_${k}`, (at) => inputs[at * input.length + k]]),
        ...Array.from({ length: outputs }, (_, j) => [`t_${j}`, (at) => targets[at * outputs + j]]),
        ...Array.from({ length: outputs }, (_, j) => [`y_${j}`, (at) => recordTable.each[at].output[j]]),
      ]
    : [];
  const columns = [
    ...names,
    ["E", (at) => recordTable.each[at].error],
    [() => `\u2202E/\u2202${nameOf(chosen)}`, (at) => recordTable.each[at].derivative],
  ];
  recordTable.of = state.records;
  recordTable.draw = windowTable(byId("records-table"), {
    rows: count, columns: columns.length + 1, height: 8, width: columns.length + 1, caption: "Each record, and its part of the sum",
    rowName: (at) => at,
    columnName: (column) => (column === columns.length ? "shown" : typeof columns[column][0] === "string" ? columns[column][0] : columns[column][0]()),
    cell: (at, column) => {
      if (column === columns.length) {
        const isOpen = at === state.opened;
        return `<button type="button" class="quiet" data-record="${at}" aria-pressed="${isOpen}" aria-label="${isOpen ? "opened" : "open"} record ${at}">${isOpen ? "opened" : "open"}</button>`;
      }
      const value = columns[column][1](at);
      return `<span data-value="${value}" title="${value}">${short(value)}</span>`;
    },
  });
}

/** The chosen parameter's derivative as the sum that it is. */
function showSumOverRecords() {
  const { each } = recordTable;
  const total = (of) => each.reduce((sum, record) => sum + of(record), 0) / (state.isMean ? each.length : 1);
  const [error, derivative] = [total((record) => record.error), total((record) => record.derivative)];
  const terms = each.slice(0, 6).map((record) => bracketed(record.derivative)).join(" + ") + (each.length > 6 ? " + \u2026" : "");
  const sum = state.isMean ? `(${terms}) / ${each.length}` : terms;
  byId("sum").innerHTML = `<b>E</b> = <span id="data-error" data-value="${error}" title="${error}">${short(error)}</span>, ` +
    `<b>\u2202E/\u2202${nameOf(chosen)}</b> = ${sum} = <span id="data-derivative" data-value="${derivative}" title="${derivative}">${short(derivative)}</span>`;
}

/** How many records of each class are taken for which. */
function showConfusion() {
  const isShown = areClasses() && classes <= 12;
  byId("confusion").hidden = !isShown;
  if (!isShown) return;
  const counts = Array.from({ length: classes }, () => new Array(classes + 1).fill(0));
  recordTable.each.forEach(({ output }, at) => {
    const truth = classOf(state.records.targets.subarray(at * outputs, (at + 1) * outputs));
    const found = classOf(output);
    counts[truth][found < 0 ? classes : found]++;
  });
  const right = counts.reduce((sum, row, number) => sum + row[number], 0);
  const hasNone = counts.some((row) => row[classes] > 0);
  const all = Array.from({ length: classes + (hasNone ? 1 : 0) }, (_, number) => number);
  byId("confusion").innerHTML =
    `<table class="confusion"><caption>Classes: ${right} of ${recordTable.each.length} right (${Math.round((100 * right) / recordTable.each.length)} %)</caption><thead><tr><th scope="col">of class</th>` +
    all.map((number) => `<th scope="col" class="number">taken for ${number === classes ? "none" : number}</th>`).join("") + "</tr></thead><tbody>" +
    counts.map((row, truth) => `<tr><th scope="row">${truth}</th>${all.map((number) => `<td class="number ${number === truth ? "right" : row[number] > 0 ? "wrong" : ""}">${row[number]}</td>`).join("")}</tr>`).join("") +
    "</tbody></table>";
}

panels.push({
  name: "records",
  start() {
    byId("set").append(new Option("this one record", ""), ...SETS.map((set) => new Option(set.name, set.key)));
    byId("set").addEventListener("change", ({ target: { value } }) => (value === "own" ? takeRecords(byId("csv").value) : learnFromSet(value)));
    byId("take").addEventListener("click", () => takeRecords(byId("csv").value));
    byId("csv-file").addEventListener("change", ({ target: { files } }) => files[0]?.text().then(putRecords));
    byId("csv").placeholder = `${[...Array.from({ length: Math.min(NETWORK.inputs, 4) }, (_, k) => `x_${k}`), ...(NETWORK.inputs > 4 ? ["..."] : []), ...Array.from({ length: Math.min(outputs, 4) }, (_, j) => `t_${j}`), ...(outputs > 4 ? ["..."] : [])].join(", ")}`;
    document.addEventListener("click", ({ target: element }) => {
      if (element.dataset.record) {
        openRecord(Number(element.dataset.record));
        document.querySelector(`[data-record="${state.opened}"]`)?.focus();
      }
    });
  },
  update: showRecords,
});

function putRecords(text) {
  byId("csv").value = text.length > 100000 ? "" : text;
  takeRecords(text);
}
