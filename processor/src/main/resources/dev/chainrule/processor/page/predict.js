// Predict first: one factor of the chosen path, or one delta, is hidden until it is worked out; what is typed is compared with what
// often goes wrong

/** Answers count as right to two digits, or as many as are typed. */
function isSame(typed, value) {
  const digits = Math.max(2, typed.replace(/^[-+\u2212]?[0.]*|[eE].*$/g, "").replace(".", "").length);
  const number = Number(typed.replace("\u2212", "-"));
  if (number === 0 || value === 0) return number === value || Math.abs(number - value) < 1e-12;
  return Math.abs(number - value) <= 0.5 * 10 ** (Math.floor(Math.log10(Math.abs(value))) + 1 - digits) * (1 + 1e-9);
}

/** A question, always the same one for a number. */
function questionOf(kind, number) {
  const next = generator(1000 + number);
  const oneOf = (list) => list[Math.floor(((next() + 1) / 2) * list.length)];
  if (kind === "delta") {
    const layers = errorsOnPaths().filter(({ units }) => units.length > 0);
    const { layer, units } = oneOf(layers);
    return { kind, number, layer, unit: oneOf(units) };
  }
  const routes = routesOf(chosen) ?? [];
  if (routes.length === 0 || numberOfPaths(chosen) > COUNTED_PATHS) return null;
  const route = oneOf(routes.slice(0, LISTED_ROUTES));
  const path = Math.floor(((next() + 1) / 2) * Math.min(pathsIn(route), LISTED_PATHS / 2));
  const asked = route.links.map((link, at) => at).filter((at) => !["1"].includes(String(valuesOf(chosen, route, path)[at])));
  return { kind, number, route, path, at: oneOf(asked.length > 0 ? asked : [0]) };
}

/** Whether a cell of the table of paths shows what is asked for: so do those of other paths with the same factor. */
function isAskedFactor(route, at, value) {
  const { question } = state;
  return question?.kind === "factor" && !question.isShown && route.links[at] === question.route.links[question.at] && Object.is(value, question.value);
}

/** Whether a delta is what is asked for, or comes from it: it would tell. */
function isAskedDelta(layer, unit) {
  const { question } = state;
  return question?.kind === "delta" && !question.isShown && (layer < question.layer || (layer === question.layer && unit === question.unit));
}

/** Whether some number of the page is what is asked for. */
function isAsked(array, at) {
  const { question } = state;
  if (question?.kind !== "delta" || question.isShown) return false;
  const { layer, unit } = question;
  if (array === "delta" + layer) return Number(at) === unit;
  return array === "gradient" && layerOf(layer).owner === layer && layerOf(layer).bias && Number(at) === indexOf({ layer, from: -1, to: unit });
}

function isHiding() {
  return Boolean(state.question) && !state.question.isShown;
}

function ask(kind, number) {
  const question = questionOf(kind, number);
  state.question = question && { ...question, value: valueAsked(question), isShown: false };
  showQuestion();
  update();
}

function valueAsked(question) {
  return question.kind === "delta"
    ? net.values["delta" + question.layer][question.unit]
    : valuesOf(chosen, question.route, question.path)[question.at];
}

function askedLink() {
  return NETWORK.links[state.question.route.links[state.question.at]];
}

/** What is asked for, in the notation. */
function nameAsked() {
  const { kind, layer, unit, route, path } = state.question;
  if (kind === "delta") return `\u03b4<sup>(${layer})</sup><sub>${unit}</sub> = \u2202E/\u2202z<sup>(${layer})</sup><sub>${unit}</sub>`;
  return withUnits(askedLink().derivative, unitsOfPath(chosen, route, path)).replace(' display="block"', "");
}

function showQuestion() {
  const { question } = state;
  byId("asked").innerHTML = question
    ? `<p>What is <span class="asked-for">${nameAsked()}</span>${question.kind === "factor" ? ` on the path ${wayOf(question.route, question.path).join(" \u2192 ")} \u2192 E` : ""}? It is hidden where the page would show it.</p>`
    : "<p>This parameter has too many paths to be written down: ask for a delta.</p>";
  byId("answer").value = "";
  byId("answered").textContent = "";
}

/** What often goes wrong, each with the number that it gives; what is right stands first. */
function answersFor(question) {
  const value = valueAsked(question);
  const answers = [["right", value, "Right."]];
  const add = (name, wrong, said) => Number.isFinite(wrong) && answers.push([name, wrong, said]);
  if (question.kind === "delta") addDeltas(question, value, add);
  else addFactors(question, value, add);
  add("sign", -value, "The size is right, the sign is not: the derivative of (a \u2212 t) by a is +1, and a weight keeps its sign.");
  add("2", 2 * value, "Twice as much: a factor of 2 too many. Half a square has no 2 in its slope.");
  add("2", value / 2, "Half of it: a factor of 2 is missing. The slope of a square is 2 (a \u2212 t).");
  const { units } = NETWORK.outputs[0];
  if (units > 1) {
    add("1/n", value / units, `A factor 1/n too many: this loss is no mean over its ${units} outputs.`);
    add("1/n", value * units, `The factor 1/n is missing: this loss is a mean over its ${units} outputs.`);
  }
  return answers;
}

function addDeltas({ layer, unit }, value, add) {
  const said = {
    slope: "The slope f\u2032(z) of the unit is left out.",
    index: "That is W in place of its transpose: the sum is over the weights that lead from the unit, not to it.",
    path: "A path is left out: every unit behind this one counts.",
  };
  for (const mistake of NETWORK.mistakes.filter((each) => each.layer === layer && said[each.kind])) {
    net.backpropagation(mistake.section, mistake.wrong);
    add({ slope: "slope", index: "transpose", path: "path" }[mistake.kind], net.values["delta" + layer][unit], said[mistake.kind]);
  }
  net.backpropagation();
  const slope = slopeAt(layer, unit);
  const errors = net.values["dE_da" + layer];
  if (slope === undefined) return;
  add("slope", value * slope, "The slope is in it once more: this loss has taken it up already.");
  errors?.forEach((error, other) => other !== unit && add("other", error * slope, `That is with the weights that lead from unit ${other}: the weight of another path.`));
}

function addFactors(question, value, add) {
  const { kind, layer } = askedLink();
  const units = unitsOfPath(chosen, question.route, question.path);
  if (kind === "slope") {
    add("slope", 1, "That is 1: the slope of the activation is left out.");
    const a = net.values["a" + layer];
    a?.forEach((each, unit) => add("slope", each, `That is a${layer}_${unit}, the value of a unit; asked for is the slope.`));
  }
  if (kind === "weight") {
    const { owner } = layerOf(layer);
    const { inputs } = layerOf(owner);
    const size = unitsOf(owner);
    const matrix = Array.from({ length: inputs * size }, (_, at) => ({ layer: owner, from: Math.floor(at / size), to: at % size }));
    const own = matrix.find((weight) => Object.is(p[indexOf(weight)], value) && Object.values(units).includes(weight.from) && Object.values(units).includes(weight.to)) ?? matrix.find((weight) => Object.is(p[indexOf(weight)], value));
    for (const weight of matrix) {
      const isTransposed = own && weight.from === own.to && weight.to === own.from && own.from !== own.to;
      add(isTransposed ? "transpose" : "other", p[indexOf(weight)], isTransposed
        ? `That is ${nameOf(weight)}: W in place of its transpose.`
        : `That is ${nameOf(weight)}: the weight of another path.`);
    }
  }
  valuesOf(chosen, question.route, question.path).forEach((other, at) => at !== question.at && add("factor", other, "That is another factor of this path."));
}

function check() {
  const { question } = state;
  const typed = byId("answer").value.trim();
  if (!question || typed === "" || Number.isNaN(Number(typed.replace("\u2212", "-")))) {
    byId("answered").textContent = "Type a number, to two digits or more.";
    return;
  }
  const [name, , said] = answersFor(question).find(([, value]) => isSame(typed, value)) ?? ["", 0, "Not that. What does the equation say, and which numbers of the drawing go into it?"];
  if (name === "right") question.isShown = true;
  update();
  byId("answered").dataset.name = name;
  byId("answered").textContent = name === "right" ? `Right: ${short(question.value)}.` : said;
}

panels.push({
  name: "predict",
  enter() {
    byId("mode").innerHTML =
      '<div class="controls"><label>Ask for <select id="ask-for"><option value="factor">a factor of the path</option><option value="delta">a delta</option></select></label>' +
      '<button id="ask-next" type="button" class="quiet">Another</button></div><div id="asked"></div>' +
      '<div class="controls"><label>Answer <input id="answer" type="text" inputmode="decimal" autocomplete="off" class="index"></label><button id="check" type="button">Check</button>' +
      '<button id="hint" type="button" class="quiet">Equation</button><button id="give-up" type="button" class="quiet">Show</button></div><p id="answered" role="status"></p>';
    byId("ask-for").addEventListener("change", ({ target: { value } }) => ask(value, 0));
    byId("ask-next").addEventListener("click", () => ask(byId("ask-for").value, (state.question?.number ?? 0) + 1));
    byId("check").addEventListener("click", check);
    byId("answer").addEventListener("keydown", ({ key }) => key === "Enter" && check());
    byId("hint").addEventListener("click", () => {
      if (state.question) byId("answered").innerHTML = hint();
    });
    byId("give-up").addEventListener("click", () => {
      if (!state.question) return;
      state.question.isShown = true;
      update();
      byId("answered").textContent = `It is ${short(state.question.value)}.`;
    });
    ask("factor", 0);
  },
  leave() {
    state.question = null;
  },
  choose() {
    if (state.mode === "predict" && state.question) ask(state.question.kind, state.question.number);
  },
  update() {
    if (state.question) state.question.value = valueAsked(state.question);
  },
});

/** The equation of what is asked for. */
function hint() {
  const { kind, layer, unit, route, path } = state.question;
  if (kind === "factor") return withUnits(`${askedLink().derivative}<mo>=</mo>${askedLink().value}`, unitsOfPath(chosen, route, path));
  const number = NETWORK.steps.findIndex((step) => step.of === "delta" + layer);
  const math = document.querySelectorAll("#equations .step > .units > .equation math")[number];
  const [name] = NETWORK.steps[number].over[0];
  return withUnits(math.innerHTML, { [name]: unit });
}
