// The network as a drawing: units in columns from left to right, weights as lines, the error at the end

const drawing = { derivatives: false, alone: null };
const RADIUS = 23;

/** The units of a layer that are drawn: all of a narrow one, of a wide one the ends and those on the path. */
function drawnUnits(layer) {
  const units = unitsOf(layer);
  if (units <= 8) return Array.from({ length: units }, (_, unit) => unit);
  const drawn = new Set([0, 1, 2, units - 2, units - 1]);
  if (layer === chosen.layer) drawn.add(chosen.to);
  if (layer === chosen.layer - 1 && chosen.from >= 0) drawn.add(chosen.from);
  if (drawing.alone) drawn.add(drawing.alone[layer]);
  drawn.delete(undefined);
  return [...drawn].sort((one, other) => one - other);
}

/** Where each drawn unit stands, from the top of its column; gaps take half a place. */
function places(units) {
  let y = 0;
  return units.map((unit, at) => {
    if (at > 0) y += unit === units[at - 1] + 1 ? 1 : 1.45;
    return y;
  });
}

/** Whether a weight lies on a path from the chosen parameter to the error. */
function isOnPath(layer, from, to) {
  if (layer < chosen.layer) return false;
  const alone = drawing.alone;
  if (alone) return alone[layer] === to && (layer === chosen.layer ? from === chosen.from : alone[layer - 1] === from);
  if (layer === chosen.layer) return from === chosen.from && to === chosen.to;
  return layer > chosen.layer + 1 || from === chosen.to;
}

function isUnitOnPath(layer, unit) {
  if (layer === chosen.layer - 1) return unit === chosen.from;
  if (layer < chosen.layer) return false;
  if (drawing.alone) return drawing.alone[layer] === unit;
  return layer > chosen.layer || unit === chosen.to;
}

function drawNetwork() {
  const columns = Array.from({ length: depth + 1 }, (_, layer) => drawnUnits(layer));
  const stands = columns.map(places);
  const rows = Math.max(...stands.map((column) => column[column.length - 1]));
  const gap = rows > 5 ? 82 : rows > 3 ? 90 : 104;
  const height = rows * gap + 116;
  const width = Math.max(600, 130 * (depth + 1) + 150);
  const x = (layer) => 52 + (layer * (width - 190)) / Math.max(depth, 1);
  const y = (layer, at) => height / 2 + (stands[layer][at] - stands[layer][stands[layer].length - 1] / 2) * gap - 4;
  const lines = weightLines(columns, x, y);
  const units = unitCircles(columns, x, y);
  const end = errorBox(columns[depth], x(depth), width - 46, height / 2 - 4, (at) => y(depth, at));
  byId("drawing").innerHTML =
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" style="--width:${width}" role="img" aria-label="${described()}">` +
    lines.halos + end.halos + lines.lines + end.lines + units.circles + end.box + lines.labels + lines.hits + units.hits + "</svg>";
  drawLegend();
}

function described() {
  const shape = [NETWORK.inputs, ...NETWORK.layers.map((layer) => layer.units)].join("-");
  return `The ${shape} network with the paths from ${nameOf(chosen)} to the error highlighted`;
}

function weightOf(layer, from, to) {
  const index = indexOf({ layer, from, to });
  return drawing.derivatives ? net.values.gradient[index] : p[index];
}

function weightLines(columns, x, y) {
  const parts = { halos: "", lines: "", labels: "", hits: "" };
  let greatest = 0;
  const all = [];
  for (let layer = 1; layer <= depth; layer++) {
    const few = columns[layer - 1].length * columns[layer].length <= 6;
    columns[layer - 1].forEach((from, fromAt) =>
      columns[layer].forEach((to, toAt) => {
        const value = weightOf(layer, from, to);
        greatest = Math.max(greatest, Math.abs(value));
        all.push({ layer, from, to, value, few, ends: [x(layer - 1), y(layer - 1, fromAt), x(layer), y(layer, toAt)] });
      }));
  }
  for (const { layer, from, to, value, few, ends } of all) {
    const [x1, y1, x2, y2] = ends;
    const line = `x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"`;
    const isOn = isOnPath(layer, from, to);
    const isChosen = layer === chosen.layer && from === chosen.from && to === chosen.to;
    const thickness = 0.6 + (greatest > 0 ? (Math.abs(value) / greatest) * 5 : 0);
    if (isOn) parts.halos += `<line class="halo" ${line} stroke-width="${thickness + (isChosen ? 11 : 7)}"/>`;
    parts.lines += `<line class="${value < 0 ? "negative" : "positive"}${isOn ? "" : " faded"}" ${line} stroke-width="${thickness.toFixed(2)}"/>`;
    const name = nameOf({ layer, from, to });
    parts.hits += `<line class="hit" ${line} data-choose="${indexOf({ layer, from, to })}"><title>${name} = ${p[indexOf({ layer, from, to })]}</title></line>`;
    if (few || (isOn && columns[layer].length <= 5)) {
      const at = 0.33;
      parts.labels += `<text class="label" x="${x1 + at * (x2 - x1)}" y="${y1 + at * (y2 - y1)}">${tiny(value)}</text>`;
    }
  }
  return parts;
}

/** Two digits behind the point: there is no room for more. */
function tiny(value) {
  if (!Number.isFinite(value)) return "?";
  const size = Math.abs(value);
  const text = size === 0 ? "0" : size < 0.01 || size >= 1000 ? value.toExponential(0) : value.toFixed(size < 0.1 ? 3 : 2);
  return text.replace(/-/g, "\u2212").replace("e+", "e");
}

function unitCircles(columns, x, y) {
  const parts = { circles: "", hits: "" };
  columns.forEach((units, layer) => {
    const letter = layer === 0 ? "x" : "a" + layer;
    units.forEach((unit, at) => {
      const value = drawing.derivatives
        ? (layer === 0 ? net.values.inputGradient : net.values["delta" + layer])[unit]
        : activation(layer, unit);
      const [cx, cy] = [x(layer), y(layer, at)];
      const name = drawing.derivatives ? (layer === 0 ? "dE/dx_" : `delta${layer}_`) + unit : `${letter}_${unit}`;
      const isOn = isUnitOnPath(layer, unit);
      const sign = value < 0 ? "negative" : "positive";
      if (isOn) parts.circles += `<circle class="halo" cx="${cx}" cy="${cy}" r="${RADIUS + 1}" fill="none" stroke-width="8"/>`;
      parts.circles +=
        `<circle class="ground" cx="${cx}" cy="${cy}" r="${RADIUS}"/>` +
        `<circle class="unit ${sign}" cx="${cx}" cy="${cy}" r="${RADIUS}" fill-opacity="${(0.32 * Math.min(1, Math.abs(value)) || 0).toFixed(3)}"><title>${name} = ${value}</title></circle>` +
        `<text x="${cx}" y="${cy}">${tiny(value)}</text>` +
        `<text class="name" x="${cx}" y="${cy - RADIUS - 9}">${name}</text>`;
      if (at > 0 && unit !== units[at - 1] + 1) {
        parts.circles += `<text x="${cx}" y="${(y(layer, at) + y(layer, at - 1)) / 2}" aria-hidden="true">\u22ee</text>`;
      }
      if (layer > 0 && NETWORK.layers[layer - 1].bias) parts.hits += biasPill(layer, unit, cx, cy);
    });
  });
  return parts;
}

function biasPill(layer, unit, cx, cy) {
  const bias = { layer, from: -1, to: unit };
  const index = indexOf(bias);
  const value = drawing.derivatives ? net.values.gradient[index] : p[index];
  const isChosen = indexOf(chosen) === index;
  return `<rect class="pill${isChosen ? " chosen" : ""}" x="${cx - 25}" y="${cy + RADIUS + 1}" width="50" height="16" rx="8" data-choose="${index}"><title>${nameOf(bias)} = ${p[index]}</title></rect>` +
    `<text class="pilled" x="${cx}" y="${cy + RADIUS + 9.5}">b ${tiny(value)}</text>`;
}

/** The error, with a line from every output. */
function errorBox(units, fromX, toX, middle, y) {
  const parts = { halos: "", lines: "", box: "" };
  units.forEach((unit, at) => {
    const line = `x1="${fromX}" y1="${y(at)}" x2="${toX}" y2="${middle}"`;
    if (isUnitOnPath(depth, unit)) parts.halos += `<line class="halo" ${line} stroke-width="7"/>`;
    parts.lines += `<line class="fixed" ${line}/>`;
  });
  parts.box =
    `<rect class="pill chosen" style="cursor:auto" x="${toX - 36}" y="${middle - 17}" width="72" height="34" rx="8"/>` +
    `<text x="${toX}" y="${middle}">${tiny(E)}</text><text class="name" x="${toX}" y="${middle - 27}">E</text>`;
  return parts;
}

function drawLegend() {
  byId("legend").innerHTML = drawing.derivatives
    ? "<span>Lines: <b>\u2202E/\u2202w</b>. Units: <b>\u03b4 = \u2202E/\u2202z</b>, below them \u2202E/\u2202b.</span>" + signs()
    : "<span>Lines: <b>weights</b>. Units: <b>values</b>, biases below.</span>" + signs();
}

function signs() {
  return '<span><b class="plus">blue</b> above, <b class="minus">orange</b> below zero; the wider, the larger.</span>' +
    "<span>A click on a line or a bias chooses it.</span>";
}
