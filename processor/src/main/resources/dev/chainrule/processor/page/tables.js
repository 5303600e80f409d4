// Numbers in tables, of which large ones show a part at a time

const arrays = { ...net.values, p };

/** An element for one number of an array: to be typed in, or to be read. */
function field(array, at, name) {
  return `<input type="number" step="any" data-array="${array}" data-at="${at}" aria-label="${name}">`;
}

function shown(array, at, name = "") {
  return `<span class="small" data-array="${array}" data-at="${at}" data-name="${name}"></span>`;
}

/** Puts the numbers of now into every element that shows one, but for the one that is being typed in. */
function refreshNumbers() {
  for (const element of document.querySelectorAll("[data-array]")) {
    const value = arrays[element.dataset.array][element.dataset.at];
    if (element.tagName !== "INPUT") {
      put(element, value, element.dataset.name + short(value));
    } else if (element !== document.activeElement) {
      element.value = String(value);
    }
  }
}

/**
 * A table of {@code rows} and {@code columns}, of which {@code height} and {@code width} are shown at a time, with buttons for the
 * others.
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
}

function showRecord() {
  windowTable(byId("inputs"), {
    rows: NETWORK.inputs, columns: 2, height: 8, width: 2, caption: "",
    rowName: (k) => `x_${k}`,
    columnName: (column) => ["value", "\u2202E/\u2202x"][column],
    cell: (k, column) => (column === 0 ? field("input", k, `input x_${k}`) : shown("inputGradient", k)),
  });
  windowTable(byId("targets"), {
    rows: outputs, columns: 2, height: 10, width: 2, caption: "",
    rowName: (j) => `t_${j}`,
    columnName: (column) => ["target", `output a${depth}`][column],
    cell: (j, column) => (column === 0 ? field("target", j, `target t_${j}`) : shown("output", j)),
  });
}

/** One part a layer, made when it is opened. */
function showLayers() {
  NETWORK.layers.forEach((layer, at) => {
    const number = at + 1;
    const details = document.createElement("details");
    details.innerHTML = `<summary>Layer ${number}: ${layer.units.toLocaleString("en")} ${layer.activation} unit${layer.units === 1 ? "" : "s"}</summary><div></div><div></div>`;
    details.addEventListener("toggle", () => details.open && fillLayer(details, number, layer), { once: true });
    byId("layers").append(details);
    details.open = parameters <= 100;
  });
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
  const rows = unitsOf(number - 1) + layer.rows.length;
  windowTable(weights, {
    rows, columns: layer.units, height: 8, width: 6, caption: "Weights by the unit they lead from and to, with \u2202E/\u2202w below",
    rowName: (row) => layer.rows[row - unitsOf(number - 1)] ?? row,
    columnName: (column) => column,
    cell: (row, column) => {
      const index = layer.offset + row * layer.units + column;
      return field("p", index, nameOf(parameterAt(index))) + "<small>" + shown("gradient", index) + "</small>";
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

/** Takes pasted numbers, if they are as many as are needed. */
function paste(area) {
  const numbers = area.value.split(/[\s,;{}[\]]+/).filter((text) => text !== "").map(Number);
  const array = arrays[area.dataset.all];
  const isRight = numbers.length === array.length && numbers.every(Number.isFinite);
  byId("pasted").textContent = isRight
    ? "Taken."
    : `${array.length.toLocaleString("en")} numbers are needed here; these are ${numbers.filter(Number.isFinite).length.toLocaleString("en")}.`;
  if (isRight) {
    array.set(numbers);
    errors = [];
    update();
  }
}
