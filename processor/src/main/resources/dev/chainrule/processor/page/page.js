// The page: what is chosen, and what happens when something changes

let chosen = { layer: NETWORK.layers.findIndex((layer) => layer.inputs > 0) + 1, from: 0, to: 0 };
/** The units that what is chosen has a path through, by their layers. */
let reached = {};

/** Everything that depends on numbers. */
function update() {
  compute();
  byId("error").innerHTML = `E = <span data-value="${E}" title="${E}">${short(E)}</span>`;
  refreshNumbers();
  drawNetwork();
  showWays();
  showPaths();
  showLayout();
  tellPanels("update");
  markScrolling();
}

/** Everything that depends on what is chosen. */
function choose(parameter) {
  chosen = parameter;
  reached = unitsAfter(chosen);
  drawing.alone = null;
  const layer = NETWORK.layers[chosen.layer - 1];
  byId("layer").value = chosen.layer;
  const kinds = [...(layer.inputs > 0 ? ["weight"] : []), ...layer.rows];
  byId("kind").innerHTML = kinds.map((kind) => `<option>${kind}</option>`).join("");
  byId("kind").value = chosen.from < 0 ? layer.rows[-1 - chosen.from] : "weight";
  byId("kind").disabled = kinds.length < 2;
  byId("from").disabled = chosen.from < 0;
  byId("from").max = Math.max(layer.inputs - 1, 0);
  byId("from").value = Math.max(chosen.from, 0);
  byId("to").max = layer.units - 1;
  byId("to").value = chosen.to;
  const index = indexOf(chosen);
  byId("previous").disabled = !nextTo(index, -1);
  byId("next").disabled = !nextTo(index, 1);
  byId("chosen-name").textContent = nameOf(chosen);
  byId("chosen-value").dataset.array = "p";
  byId("chosen-value").dataset.at = index;
  byId("chosen-place").textContent = `parameters[${index}]` + saidOf(chosen);
  byId("ways-of").innerHTML = `\u2202E/\u2202${nameOf(chosen)}`;
  showSource();
  tellPanels("choose");
  update();
  showInDrawing(document.querySelector(`#drawing [data-choose="${index}"]`));
}

/** In a graph, what a weight leads from and to. */
function saidOf({ layer, from, to }) {
  if (NETWORK.isChain) return "";
  const sharers = sharersOf(layer);
  const ends = sharers.map((sharer) => {
    const end = unitName(sharer, to);
    if (from < 0) return `of ${end}`;
    const { group, unit } = sourceAt(sharer, from);
    return `from ${unitName(group, unit)} to ${end}`;
  });
  return ", " + ends.join(" and ");
}

/** What the fields say is chosen; as near to it as there is. */
function chooseByFields() {
  const layer = Math.min(depth, Math.max(1, Number(byId("layer").value) || 1));
  const within = (id, size) => Math.min(size - 1, Math.max(0, Math.floor(byId(id).valueAsNumber) || 0));
  const { inputs, rows } = NETWORK.layers[layer - 1];
  const row = rows.indexOf(byId("kind").value);
  const isWeight = inputs > 0 && row < 0;
  choose({ layer, from: isWeight ? within("from", inputs) : -1 - Math.max(row, 0), to: within("to", unitsOf(layer)) });
}

/** The three ways to the derivative of the chosen parameter. */
function showWays() {
  const index = indexOf(chosen);
  const full = fullGradient(chosen);
  const backpropagation = net.values.gradient[index];
  const byId17 = (id, value) => put(byId(id), value, String(value).replace(/-/g, "\u2212"));
  if (full === null) byId("by-full").textContent = "too many paths";
  else byId17("by-full", full);
  byId17("by-backpropagation", backpropagation);
  put(byId("off-backpropagation"), backpropagation - (full ?? backpropagation));
  const epsilon = byId("epsilon").valueAsNumber;
  if (epsilon > 0) {
    const quotient = perturbation(index, epsilon);
    byId17("by-perturbation", quotient);
    put(byId("off-perturbation"), quotient - backpropagation);
  }
  const rate = byId("rate").valueAsNumber;
  const change = -rate * backpropagation;
  byId("next-step").innerHTML = Number.isFinite(rate)
    ? `A step of gradient descent changes it by \u2212${short(rate)} \u00b7 \u2202E/\u2202${nameOf(chosen)} = <span id="change" data-value="${change}" title="${change}">${short(change)}</span>.`
    : "";
}

function listen() {
  listenToNumbers();
  document.addEventListener("click", ({ target: element }) => {
    if (element.dataset.choose) choose(parameterAt(Number(element.dataset.choose)));
    if (element.dataset.line) scrollToLine(Number(element.dataset.line));
  });
  for (const id of ["layer", "kind", "from", "to"]) byId(id).addEventListener("change", chooseByFields);
  for (const id of ["epsilon", "rate"]) byId(id).addEventListener("input", showWays);
  byId("previous").addEventListener("click", () => choose(nextTo(indexOf(chosen), -1)));
  byId("next").addEventListener("click", () => choose(nextTo(indexOf(chosen), 1)));
  byId("whole").addEventListener("change", showSource);
  byId("layout").addEventListener("toggle", showLayout);
  for (const area of document.querySelectorAll("[data-all]:not([readonly])")) {
    area.addEventListener("change", () => paste(area));
  }
  listenTo("form", (form) => document.body.classList.toggle("in-matrices", form === "matrices"));
  listenTo("drawn", drawNetwork);
  listenTo("mode", showMode);
  window.addEventListener("resize", drawGrowth);
  listenToPaths();
}

/** Radio buttons for one of the words of the state. */
function listenTo(name, show) {
  for (const radio of document.querySelectorAll(`[name=${name}]`)) {
    radio.addEventListener("change", () => {
      state[name] = radio.value;
      show(radio.value);
      writeLink();
      markScrolling();
    });
  }
}

/** Shows what a mode needs, where the one before has ended. */
function showMode() {
  for (const panel of panels) if (panel.name !== state.mode) panel.leave?.(state);
  byId("explored").hidden = state.mode !== "explore";
  byId("mode").replaceChildren();
  panels.find((panel) => panel.name === state.mode)?.enter(state);
  update();
}

/** A path of the table under the pointer, or in focus, stands alone in the drawing. */
function listenToPaths() {
  const alone = ({ target: element }) => {
    const row = element.closest("[data-path]");
    drawing.alone = row && { units: new Set(row.dataset.path.split(",")), reader: Number(row.dataset.reader) };
    drawNetwork();
  };
  const all = () => {
    drawing.alone = null;
    drawNetwork();
  };
  byId("paths").addEventListener("mouseover", alone);
  byId("paths").addEventListener("focusin", alone);
  byId("paths").addEventListener("mouseleave", all);
  byId("paths").addEventListener("focusout", all);
}

startNumbers();
writeSource();
showRecord();
showLayers();
showBill();
listen();
choose(chosen);
tellPanels("start");
