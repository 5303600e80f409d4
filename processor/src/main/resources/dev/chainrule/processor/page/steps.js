// Step by step: the forward pass, the loss, the deltas from the last layer to the first, and every derivative, each with its
// equation, its numbers and its line of Java

/** With more steps than this, a step is an equation for all its units at once, shown for those of the chosen parameter. */
const MOST_STEPS = 300;

/** Milliseconds from step to step. */
const PACE = 1100;

const stepping = { all: [], readFirst: new Map(), done: new Set(), at: -1, timer: 0 };

/** All ways to give each variable a value, the first one running slowest. */
function unitsOver(over) {
  return over.reduce((ways, [name, size]) => ways.flatMap((way) => Array.from({ length: size }, (_, unit) => ({ ...way, [name]: unit }))), [{}]);
}

/** The equations of the page, unit by unit or at once: {number, units, times}. */
function listSteps() {
  const count = NETWORK.steps.reduce((sum, step) => sum + sizeOf(step), 0);
  const all = [];
  for (let from = 0; from < NETWORK.steps.length;) {
    const { section, block, over } = NETWORK.steps[from];
    let to = from + 1;
    while (to < NETWORK.steps.length && NETWORK.steps[to].section === section && NETWORK.steps[to].block === block) to++;
    const ways = count <= MOST_STEPS ? unitsOver(over) : [unitsNear(over)];
    for (const units of ways) {
      for (let number = from; number < to; number++) all.push({ number, units, times: count <= MOST_STEPS ? 1 : sizeOf(NETWORK.steps[number]) });
    }
    from = to;
  }
  return all;
}

function sizeOf(step) {
  return step.over.reduce((size, [, units]) => size * units, 1);
}

function unitsNear(over) {
  return Object.fromEntries(over.map(([name, size]) => [name, Math.min(name === "k" && over.length > 1 ? Math.max(chosen.from, 0) : chosen.to, size - 1)]));
}

/** What a step computes: its value, the units, and its right side with numbers. */
function told(step) {
  const [value, units, text] = net.steps[step.number](step.units);
  return { ...NETWORK.steps[step.number], value, units, text };
}

/** A number in a right side, marked where an earlier step has read it, too. */
let n = (value) => bracketed(value);

/** The terms of a sum; of a long one the first. */
function terms(size, term, between) {
  return Array.from({ length: Math.min(size, 5) }, (_, at) => term(at)).join(between) + (size > 5 ? between + "\u2026" : "");
}

/** What is told apart in what steps read: units, or where a step takes all of them whole layers. */
function keyOf(name, unit) {
  return stepping.all.some((step) => step.times > 1) ? name : `${name} ${unit}`;
}

/** Which step reads each computed number first. */
function findReads() {
  const computed = new Set(NETWORK.steps.map((step) => step.of));
  stepping.readFirst = new Map();
  stepping.all.forEach((step, at) => {
    n = (value, name, unit) => {
      const key = keyOf(name, unit);
      if (computed.has(name) && !stepping.readFirst.has(key)) stepping.readFirst.set(key, at);
      return "";
    };
    told(step);
  });
  n = (value) => bracketed(value);
}

/** The right side of step {@code at}, with what is read again marked, and how much of it that is. */
function withReuse(at) {
  let reused = 0;
  n = (value, name, unit) => {
    const isAgain = stepping.readFirst.get(keyOf(name, unit)) < at;
    if (isAgain) reused++;
    return isAgain ? `<mark title="${name}_${unit}, read before">${bracketed(value)}</mark>` : bracketed(value);
  };
  const { text } = told(stepping.all[at]);
  n = (value) => bracketed(value);
  return { text, reused };
}

const isGradient = (of) => /^dE_d[wbp]/.test(of);
const isBackward = (of) => of.startsWith("d");

/** What backpropagation has taken up to a step, and what the full gradient equations take for the same derivatives. */
function operationsUpTo(at) {
  let [back, full] = [0, 0];
  for (const { number, times } of stepping.all.slice(0, at + 1)) {
    const step = NETWORK.steps[number];
    back += times * step.operations;
    if (!isBackward(step.of)) full += times * step.operations;
    if (isGradient(step.of)) full += (times * NETWORK.fullGradient[step.of.slice("dE_d".length)]) / sizeOf(step);
  }
  return { back, full };
}

/** Where a line of the generated class computes a value: of the method for backpropagation, if it is there. */
function lineOf(of, units) {
  const name = of.replace(/_from\d+$/, "");
  const wanted = name.startsWith("dE_dw") ? units : units.slice(0, 1);
  const methods = [...NETWORK.methods].sort((one, other) => rankOf(one.name) - rankOf(other.name));
  for (const method of methods) {
    const statement = method.statements.find(([, , computed]) => standsFor(computed, name, wanted));
    if (statement) return { from: statement[0], to: statement[1], method: method.name };
  }
  return undefined;
}

function rankOf(method) {
  return { fullGradient: 3, forward: 2 }[method] ?? 1;
}

/** The text of lines of the class. */
function javaLines({ from, to, method }) {
  const text = Array.from({ length: to - from + 1 }, (_, at) => byId(`L${from + at}`).textContent.trim()).join("\n");
  return `<p class="java-line"><span class="soft">${method}, line ${from}</span> <code>${escaped(text)}</code></p>`;
}

/** Lights lines in the class, and no others. */
function lightLines(lines) {
  for (const line of document.querySelectorAll("#source .now")) line.classList.remove("now");
  for (let number = lines?.from ?? 1; number <= (lines?.to ?? 0); number++) byId("L" + number).classList.add("now");
  if (lines) scrollToLine(lines.from);
}

function phaseOf({ of, title, section }) {
  if (section.startsWith("forward")) return `Forward: ${title.toLowerCase()}`;
  return isBackward(of) ? `Backward: ${title[0].toLowerCase()}${title.slice(1)}` : "Loss";
}

/** The name of what a step computes, as the drawing has it. */
function nameOfStep({ of, units }) {
  return [of, ...units].join("_");
}

function showStep() {
  const { all, at } = stepping;
  byId("step-at").textContent = at < 0 ? `${all.length} steps` : `Step ${at + 1} of ${all.length}`;
  for (const [id, isOff] of [["step-start", at < 0], ["step-back", at < 0], ["step-on", at === all.length - 1], ["step-end", at === all.length - 1]]) byId(id).disabled = isOff;
  if (at < 0) {
    byId("step-told").innerHTML = '<p class="note">Nothing is computed yet. A step computes one number; the keys \u2190 and \u2192 go back and on, Home and End to both ends.</p>';
    byId("step-saved").innerHTML = "";
    lightLines(undefined);
    return;
  }
  const step = told(all[at]);
  const { text, reused } = withReuse(at);
  const line = lineOf(step.of, step.units);
  const math = document.querySelectorAll("#equations .step > .units > .equation math")[all[at].number];
  const many = all[at].times > 1 ? `<p class="note">One of ${all[at].times.toLocaleString("en")} of this step.</p>` : "";
  byId("step-told").innerHTML =
    `<h3>${phaseOf(step)}</h3><div class="equation">${withUnits(math.innerHTML, all[at].units)}</div>` +
    `<p class="with-numbers">${nameOfStep(step).replace(/^dE_d/, "\u2202E/\u2202")} = ${text} = <b id="step-value" data-value="${step.value}" title="${step.value}">${short(step.value)}</b></p>` +
    many + (reused > 0 ? `<p class="note"><mark>Marked</mark>: computed once, and used again here.</p>` : "") + (line ? javaLines(line) : "");
  const { back, full } = operationsUpTo(at);
  byId("step-saved").innerHTML = `Operations so far: backpropagation <b id="operations-back" data-value="${back}">${back.toLocaleString("en")}</b>` +
    (Number.isFinite(full)
      ? `, the full gradient equations <b id="operations-full" data-value="${full}">${full.toLocaleString("en")}</b> for the same: <b>${Math.max(0, full - back).toLocaleString("en")}</b> saved.`
      : "; the full gradient equations are too long to be written.");
  lightLines(line);
}

/** The names of what is computed up to the step that is shown; of steps that take all units at once, of every unit. */
function findDone() {
  stepping.done = new Set();
  for (const { number, units, times } of stepping.all.slice(0, stepping.at + 1)) {
    const { of, over } = NETWORK.steps[number];
    for (const each of times > 1 ? unitsOver(over) : [units]) stepping.done.add([of, ...net.steps[number](each)[1]].join("_"));
  }
}

/** Whether a derivative by a parameter is one that only later steps compute. */
function isLater(index) {
  return state.mode === "steps" && state.drawn === "derivatives" && !stepping.done.has("dE_d" + nameOf(parameterAt(index)));
}

/** In the drawing: what this step computes is lit, what later ones compute is not there yet. */
function lightDrawing() {
  if (state.mode !== "steps") return;
  const isBack = state.drawn === "derivatives";
  const now = stepping.at < 0 ? "" : nameOfStep(told(stepping.all[stepping.at]));
  const here = now.replace(/^z|^e(?=\d)|^dE_da|^delta/, "a").replace(/_from\d+/, "");
  for (const unit of document.querySelectorAll("#drawing [data-unit]")) {
    const name = unit.dataset.unit;
    const isShown = isBack ? name === "E" || stepping.done.has(name.replace(/^a/, "delta")) : name.startsWith("x") || stepping.done.has(name);
    if (!isShown) unit.querySelector(".value").textContent = "";
    unit.classList.toggle("now", name === here || (name === "E" && /^E/.test(now)));
  }
  for (const line of document.querySelectorAll("#drawing [data-choose]")) {
    line.classList.toggle("now", "dE_d" + nameOf(parameterAt(Number(line.dataset.choose))) === now);
  }
}

function goTo(at) {
  stepping.at = Math.max(-1, Math.min(stepping.all.length - 1, at));
  state.step = stepping.at + 1;
  const isBack = stepping.at >= 0 && isBackward(NETWORK.steps[stepping.all[stepping.at].number].of);
  if (state.drawn !== "maps" && (state.drawn === "derivatives") !== isBack) choice("drawn", isBack ? "derivatives" : "values");
  findDone();
  showStep();
  drawNetwork();
  showInDrawing(document.querySelector("#drawing .now"));
  writeLink();
}

function play() {
  clearInterval(stepping.timer);
  const isPlaying = byId("step-play").getAttribute("aria-pressed") !== "true";
  byId("step-play").setAttribute("aria-pressed", isPlaying);
  if (!isPlaying) return;
  stepping.timer = setInterval(() => {
    if (state.mode !== "steps" || stepping.at >= stepping.all.length - 1) play();
    else goTo(stepping.at + 1);
  }, PACE);
}

const STEP_KEYS = { ArrowLeft: () => goTo(stepping.at - 1), ArrowRight: () => goTo(stepping.at + 1), Home: () => goTo(-1), End: () => goTo(stepping.all.length - 1) };

panels.push({
  name: "steps",
  start() {
    document.addEventListener("keydown", (event) => {
      const isTaken = event.target.closest("input, select, textarea, pre, [data-path]") || event.altKey || event.ctrlKey || event.metaKey;
      if (state.mode !== "steps" || isTaken || !STEP_KEYS[event.key]) return;
      event.preventDefault();
      STEP_KEYS[event.key]();
    });
  },
  enter() {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    byId("mode").innerHTML =
      '<div class="controls" role="group" aria-label="Steps"><button id="step-start" type="button" class="quiet" aria-keyshortcuts="Home">To the start</button>' +
      '<button id="step-back" type="button" class="quiet" aria-keyshortcuts="ArrowLeft">\u2190 Back</button><button id="step-on" type="button" aria-keyshortcuts="ArrowRight">Step \u2192</button>' +
      '<button id="step-end" type="button" class="quiet" aria-keyshortcuts="End">To the end</button>' +
      (isCalm ? "" : '<button id="step-play" type="button" class="quiet" aria-pressed="false">Play</button>') +
      '<span id="step-at"></span></div><div id="step-told" aria-live="polite"></div><p id="step-saved"></p>';
    byId("step-start").addEventListener("click", STEP_KEYS.Home);
    byId("step-back").addEventListener("click", STEP_KEYS.ArrowLeft);
    byId("step-on").addEventListener("click", STEP_KEYS.ArrowRight);
    byId("step-end").addEventListener("click", STEP_KEYS.End);
    byId("step-play")?.addEventListener("click", play);
    stepping.all = listSteps();
    findReads();
    goTo(state.step - 1);
  },
  leave() {
    clearInterval(stepping.timer);
    lightLines(undefined);
    state.step = 0;
    if (state.drawn === "derivatives") choice("drawn", "values");
  },
  update() {
    if (state.mode !== "steps") return;
    stepping.all = listSteps();
    showStep();
  },
});
