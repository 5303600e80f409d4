// What a network makes of all inputs: a surface over two, a curve over one

const MOST_MAPPED = 100000;
const isMapped = hasPlainInputs && NETWORK.inputs <= 2 && parameters <= MOST_MAPPED;

/** Points of a map along each input. */
const MAP_POINTS = NETWORK.inputs === 1 ? 120 : 32;

/** Blue above, orange below, and two more for classes: as {@code page.css} has the first two, in light. */
const COLOURS = [[184, 74, 0], [0, 103, 168], [44, 122, 44], [122, 63, 160]];

/** From where to where input {@code k} is drawn: around what the records have, or what is shown. */
function rangeOf(k) {
  const values = state.records ? Array.from({ length: state.records.count }, (_, at) => state.records.inputs[at * input.length + k]) : [-1, 1];
  const all = [...values, input[k]];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const margin = 0.15 * (high - low || 1);
  return [low - margin, high + margin];
}

/** The outputs and, where they are drawn, the units, at every point of a map, which is put into memory row by row from the top. */
function mapped(units) {
  const ranges = Array.from({ length: NETWORK.inputs }, (_, k) => rangeOf(k));
  const at = (k, part) => ranges[k][0] + (part * (ranges[k][1] - ranges[k][0])) / (MAP_POINTS - 1);
  const count = MAP_POINTS ** NETWORK.inputs;
  const map = { ranges, outputs: Array.from({ length: outputs }, () => new Float64Array(count)), units: new Map(units.map((unit) => [unit.name, new Float64Array(count)])) };
  const shown = input.slice();
  for (let point = 0; point < count; point++) {
    input[0] = at(0, point % MAP_POINTS);
    if (NETWORK.inputs === 2) input[1] = at(1, MAP_POINTS - 1 - Math.floor(point / MAP_POINTS));
    net.forward();
    for (let j = 0; j < outputs; j++) map.outputs[j][point] = net.values.output[j];
    for (const { name, group, unit } of units) map.units.get(name)[point] = activation(group, unit);
  }
  input.set(shown);
  net.forward();
  return map;
}

/** A picture, as an address, of a colour a point: [red, green, blue, opacity]. */
function picture(colourAt) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = MAP_POINTS;
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(MAP_POINTS, MAP_POINTS);
  for (let point = 0; point < MAP_POINTS ** 2; point++) {
    const [red, green, blue, opacity] = colourAt(point);
    pixels.data.set([red, green, blue, Math.round(255 * opacity)], 4 * point);
  }
  context.putImageData(pixels, 0, 0);
  return canvas.toDataURL();
}

/** Values around a middle: blue above, orange below, the stronger the further. */
function signed(values, middle, reach) {
  return (point) => {
    const part = (values[point] - middle) / (reach || 1);
    return [...COLOURS[part < 0 ? 0 : 1], Math.min(1, Math.abs(part)) * 0.75 || 0];
  };
}

/** The small pictures of the units in the drawing, by the units' names. */
function unitMaps(units) {
  const map = mapped(units);
  const pictures = new Map();
  map.units.forEach((values, name) => pictures.set(name, picture(signed(values, 0, values.reduce((one, other) => Math.max(one, Math.abs(other)), 0)))));
  return pictures;
}

function drawMaps() {
  byId("maps").hidden = !isMapped || !(state.records || NETWORK.inputs === 1);
  if (byId("maps").hidden) return;
  byId("maps").innerHTML = NETWORK.inputs === 2 ? surfaces() : curveOfOutputs();
}

function frame(size, height, ranges, inside, label) {
  const [left, bottom] = [44, 30];
  const [[x0, x1], [y0, y1]] = ranges;
  return `<svg viewBox="0 0 ${size + left + 8} ${height + bottom + 8}" width="${size + left + 8}" height="${height + bottom + 8}" role="img" aria-label="${label.long}">` +
    `<g transform="translate(${left} 8)"><rect class="axis" fill="none" width="${size}" height="${height}"/>${inside}</g>` +
    `<text class="name start" x="${left}" y="${height + 19}">${short(x0)}</text><text class="name end" x="${left + size}" y="${height + 19}">${short(x1)}</text><text class="name" x="${left + size / 2}" y="${height + 19}">${label.x}</text>` +
    `<text class="name end" x="${left - 5}" y="${height + 2}">${short(y0)}</text><text class="name end" x="${left - 5}" y="14">${short(y1)}</text><text class="name end" x="${left - 5}" y="${8 + height / 2}">${label.y}</text>` +
    `<text class="name" x="${left + size / 2}" y="${height + 32}">${label.below}</text></svg>`;
}

/** A surface for each output; one of all where they are classes. */
function surfaces() {
  const map = mapped([]);
  const size = 190;
  const isOfClasses = areClasses();
  const marks = recordMarks(map.ranges, size, isOfClasses);
  const label = (below) => ({ x: "x_0", y: "x_1", below, long: `${below} over both inputs, with the records` });
  if (isOfClasses) {
    const colourAt = outputs === 1
      ? signed(map.outputs[0], (no + yes) / 2, (yes - no) / 2)
      : (point) => {
          const values = map.outputs.map((of) => of[point]);
          const number = classOf(values);
          const [first, second] = [...values].sort((one, other) => other - one);
          return number < 0 ? [128, 128, 128, 1] : [...COLOURS[number], 0.25 + 0.5 * Math.min(1, (first - second) / (yes - no))];
        };
    return frame(size, size, map.ranges, image(picture(colourAt), size) + marks, label(outputs === 1 ? "y_0" : "the class"));
  }
  return map.outputs.slice(0, 4).map((values, j) => {
    const middle = (no + yes) / 2;
    const reach = Math.max((yes - no) / 2, values.reduce((one, other) => Math.max(one, Math.abs(other - middle)), 0));
    return frame(size, size, map.ranges, image(picture(signed(values, middle, reach)), size) + recordMarks(map.ranges, size, false, j), label(`y_${j}`));
  }).join("");
}

function image(address, size) {
  return `<image href="${address}" width="${size}" height="${size}" preserveAspectRatio="none"/>`;
}

/** Records as dots in the colour of what they are to be; the one that is shown has a ring. */
function recordMarks([[x0, x1], [y0, y1]], size, isOfClasses, j = 0) {
  const { count, inputs, targets } = state.records;
  const place = (x, y) => [((x - x0) / (x1 - x0)) * size, (1 - (y - y0) / (y1 - y0)) * size];
  let marks = "";
  for (let at = 0; at < Math.min(count, 1000); at++) {
    const [cx, cy] = place(inputs[2 * at], inputs[2 * at + 1]);
    const of = targets.subarray(at * outputs, (at + 1) * outputs);
    const number = isOfClasses ? classOf(of) : of[j] >= (no + yes) / 2 ? 1 : 0;
    marks += `<circle cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="3.4" fill="rgb(${COLOURS[number]})" stroke="#fff" stroke-width="1"/>`;
  }
  const [cx, cy] = place(input[0], input[1]);
  return marks + `<circle class="ring" cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="6.5"/>`;
}

/** The outputs over the one input, with the targets. */
function curveOfOutputs() {
  const map = mapped([]);
  const targets = state.records ? [...state.records.targets] : [...target];
  const values = [...map.outputs.flatMap((of) => [...of]), ...targets].filter(Number.isFinite);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [width, height] = [Math.min(420, Math.max(180, byId("descent").clientWidth - 110)), 150];
  const [x0, x1] = map.ranges[0];
  const x = (value) => ((value - x0) / (x1 - x0)) * width;
  const y = (value) => height - 6 - ((value - low) / (high - low || 1)) * (height - 12);
  const lines = map.outputs.map((of) =>
    `<polyline class="line" style="stroke:var(--accent)" points="${[...of].map((value, point) => `${((point * width) / (MAP_POINTS - 1)).toFixed(1)},${y(value).toFixed(1)}`).join(" ")}"/>`).join("");
  const dots = Array.from({ length: state.records?.count ?? 1 }, (_, at) => Array.from({ length: outputs }, (_, j) =>
    `<circle cx="${x(state.records ? state.records.inputs[at] : input[0]).toFixed(1)}" cy="${y(targets[at * outputs + j]).toFixed(1)}" r="3" fill="rgb(${COLOURS[0]})"/>`).join("")).join("");
  const ring = [...net.values.output].map((value) => `<circle class="ring" cx="${x(input[0]).toFixed(1)}" cy="${y(value).toFixed(1)}" r="6"/>`).join("");
  return frame(width, height, [map.ranges[0], [low, high]], lines + dots + ring, { x: "x_0", y: "", below: "", long: "The outputs over the input, with the targets" });
}

panels.push({
  name: "maps",
  start() {
    if (!isMapped || NETWORK.inputs !== 2) byId("draw-maps").remove();
  },
  update: drawMaps,
});
