// Numbers in tables, of which large ones show a part at a time

const arrays = { ...net.values, p };

/** An element for one number of an array: to be typed in, or to be read. */
function field(array, at, name, range = "") {
  return `<input type="number" step="${range === "" ? "any" : 1}"${range} data-array="${array}" data-at="${at}" aria-label="${name}">`;
}

function shown(array, at, name = "") {
  return `<span class="small" data-array="${array}" data-at="${at}" data-name="${name}"></span>`;
}

/** Puts the numbers of now into every element that shows one, but for the one that is being typed in. */
function refreshNumbers() {
  for (const element of document.querySelectorAll("[data-array]")) {
    const value = arrays[element.dataset.array][element.dataset.at];
    if (isAsked(element.dataset.array, element.dataset.at)) {
      element.textContent = "?";
    } else if (element.tagName !== "INPUT") {
      put(element, value, element.dataset.name + short(value));
    } else if (element !== document.activeElement) {
      element.value = String(value);
    }
  }
}

/**
 * A table of {@code rows} and {@code columns}, of which {@code height} and {@code width} are shown at a time, with buttons for the
 * others. Gives what draws it again.
 */
function windowTable(container, { rows, columns, height, width, rowName, columnName, cell, caption }) {
  let top = 0;
  let left = 0;
  const table = document.createElement("div");
  const draw = () => {
    const down = Array.from({ length: Math.min(height, rows - top) }, (_, i) => top + i);
    const across = Array.from({ length: Math.min(width, columns - left) }, (_, i) => left + i);
    table.innerHTML =
      `<table class="matrix"><caption>${caption}</caption><thead><tr><td></td>${across.map((column) => `<th scope="col" class="number">${columnName(column)}</th>`).join("")}</tr></thead><tbody>` +
      down.map((row) => `<tr><th scope="row">${rowName(row)}</th>${across.map((column) => `<td class="number">${cell(row, column)}</td>`).join("")}</tr>`).join("") +
      "</tbody></table>";
    refreshNumbers();
  };
  const mover = (text, size, part, get, set) => {
    if (size <= part) return;
    const bar = document.createElement("div");
    bar.className = "window";
    bar.innerHTML = `<button type="button" aria-label="Earlier ${text}">\u2190</button><label>${text} from <input class="index" type="number" min="0" max="${size - 1}" value="0"></label><button type="button" aria-label="Later ${text}">\u2192</button><span>of ${size.toLocaleString("en")}</span>`;
    const number = bar.querySelector("input");
    const move = (to) => {
      set(Math.max(0, Math.min(to, size - part)));
      number.value = get();
      draw();
    };
    const [back, on] = bar.querySelectorAll("button");
    back.addEventListener("click", () => move(get() - part));
    on.addEventListener("click", () => move(get() + part));
    number.addEventListener("change", () => move(Math.floor(number.valueAsNumber) || 0));
    container.append(bar);
  };
  container.replaceChildren();
  mover("rows", rows, height, () => top, (to) => (top = to));
  mover("columns", columns, width, () => left, (to) => (left = to));
  table.className = "wide";
  container.append(table);
  draw();
  return draw;
}

function partOf(k) {
  return NETWORK.parts.find((part) => k >= part.first && k < part.first + part.size);
}

/** Only the numbers of categories tell one. */
function categoriesOf(k) {
  const { isCategory, firstCategory, units } = partOf(k);
  return isCategory ? ` min="${firstCategory}" max="${firstCategory + units - 1}"` : "";
}

function outputNameOf(j) {
  const output = NETWORK.outputs.find(({ first, units }) => j >= first && j < first + units);
  return layerOf(output.layer).name;
}

function showRecord() {
  windowTable(byId("inputs"), {
    rows: NETWORK.inputs, columns: hasLoss ? 2 : 1, height: 8, width: 2, caption: "",
    rowName: (k) => (NETWORK.parts.length === 1 ? `x_${k}` : `${partOf(k).name} x_${k}`),
    columnName: (column) => ["value", "\u2202E/\u2202x"][column],
    cell: (k, column) => {
      if (column === 0) return field("input", k, `input x_${k}`, categoriesOf(k));
      return !partOf(k).isCategory ? shown("inputGradient", k) : "\u2013";
    },
  });
  windowTable(byId("targets"), {
    rows: outputs, columns: hasLoss ? 2 : 1, height: 10, width: 2, caption: "",
    rowName: (j) => (NETWORK.outputs.length === 1 ? "" : `${outputNameOf(j)} `) + (hasLoss ? "t_" : "y_") + j,
    columnName: (column) => [NETWORK.outputs.length === 1 ? `output a${NETWORK.outputs[0].layer}` : "output", "target"][hasLoss ? 1 - column : 0],
    cell: (j, column) => (hasLoss && column === 0 ? field("target", j, `target t_${j}`) : shown("output", j)),
  });
}

/** One part a layer, made when it is opened. */
function showLayers() {
  NETWORK.layers.forEach((layer, at) => {
    const number = at + 1;
    const details = document.createElement("details");
    details.innerHTML = `<summary>Layer ${number}: ${summaryOf(layer)}</summary><div></div><div></div>`;
    details.addEventListener("toggle", () => details.open && fillLayer(details, number, layer), { once: true });
    byId("layers").append(details);
    details.open = parameters <= 100;
  });
}

function summaryOf(layer) {
  const units = (words) => `${layer.units.toLocaleString("en")} ${words}unit${layer.units === 1 ? "" : "s"}`;
  if (NETWORK.isChain) return units(layer.activation + " ");
  return `${layer.name}, ${units("")}, ${madeOf(NETWORK.layers.indexOf(layer) + 1)}`;
}

function fillLayer(details, number, layer) {
  const [units, weights] = details.querySelectorAll("div");
  const quantities = ["z", "a", "dE_da", "delta"].filter((letter) => arrays[letter + number]);
  const names = { z: "z", a: "a", dE_da: "\u2202E/\u2202a", delta: "\u03b4" };
  windowTable(units, {
    rows: layer.units, columns: quantities.length, height: 8, width: 4, caption: "Units",
    rowName: (unit) => unit,
    columnName: (column) => names[quantities[column]],
    cell: (unit, column) => shown(quantities[column] + number, unit),
  });
  if (layer.kind === "SCALE") fillConstants(weights, number, layer);
  else if (layer.owner > 0 && layer.owner !== number) weights.innerHTML = `<p class="note">Weights and biases are those of layer ${layer.owner}, ${layerOf(layer.owner).name}.</p>`;
  const rows = layer.inputs + layer.rows.length;
  if (rows === 0) return;
  windowTable(layer.kind === "DENSE" && layer.owner === number ? weights : weights.appendChild(document.createElement("div")), {
    rows, columns: layer.units, height: 8, width: 6, caption: "Weights by the unit they lead from and to" + (hasLoss ? ", with \u2202E/\u2202w below" : ""),
    rowName: (row) => layer.rows[row - layer.inputs] ?? rowOf(number, row),
    columnName: (column) => column,
    cell: (row, column) => {
      const index = layer.offset + row * layer.units + column;
      return field("p", index, nameOf(parameterAt(index))) + (hasLoss ? "<small>" + shown("gradient", index) + "</small>" : "");
    },
  });
}

/** What a row of weights leads from. */
function rowOf(number, row) {
  if (NETWORK.isChain) return row;
  const { group, unit } = sourceAt(number, row);
  return unitName(group, unit);
}

function fillConstants(container, number, layer) {
  windowTable(container.appendChild(document.createElement("div")), {
    rows: layer.units, columns: 2, height: 8, width: 2, caption: "Numbers that are set, not trained",
    rowName: (unit) => unit,
    columnName: (column) => ["shift", "scale"][column],
    cell: (unit, column) => {
      const name = `${["shift", "scale"][column]}${number}_${unit}`;
      return field("constants", layer.constants + column * layer.units + unit, name);
    },
  });
}

/** Whole arrays as text, while that part is open. */
function showLayout() {
  if (!byId("layout").open) return;
  for (const area of document.querySelectorAll("[data-all]")) {
    if (area !== document.activeElement) area.value = arrays[area.dataset.all].join(", ");
  }
}

function isInput(number, k) {
  const { isCategory, firstCategory, units } = partOf(k);
  return !isCategory || (Number.isInteger(number) && number >= firstCategory && number < firstCategory + units);
}

/** Takes pasted numbers, if they are as many as are needed. */
function paste(area) {
  const numbers = area.value.split(/[\s,;{}[\]]+/).filter((text) => text !== "").map(Number);
  const array = arrays[area.dataset.all];
  const isWhole = numbers.length === array.length && numbers.every(Number.isFinite);
  const wrong = isWhole && area.dataset.all === "input" ? numbers.findIndex((number, k) => !isInput(number, k)) : -1;
  const isRight = isWhole && wrong < 0;
  byId("pasted").textContent = isRight
    ? "Taken."
    : isWhole
    ? `x_${wrong} is none of the categories of ${partOf(wrong).name}.`
    : `${array.length.toLocaleString("en")} numbers are needed here; these are ${numbers.filter(Number.isFinite).length.toLocaleString("en")}.`;
  if (isRight) {
    array.set(numbers);
    errors = [];
    update();
  }
}

/** Takes what is typed into the field of a number. */
function listenToNumbers() {
  document.addEventListener("input", ({ target: element }) => {
    if (element.dataset.array && !Number.isNaN(element.valueAsNumber) && element.validity.valid) {
      arrays[element.dataset.array][element.dataset.at] = element.valueAsNumber;
      errors = [];
      update();
    }
  });
  window.addEventListener("resize", markScrolling);
  document.addEventListener("toggle", markScrolling, true);
}

let scrollTimer;

/** Gives what is too wide for its box a place in the order of the keyboard, once nothing changes for a moment. */
function markScrolling() {
  clearTimeout(scrollTimer);
  scrollTimer = setTimeout(() => {
    for (const box of document.querySelectorAll(".wide, .equation, .java-line, .java-line code")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  }, 200);
}
