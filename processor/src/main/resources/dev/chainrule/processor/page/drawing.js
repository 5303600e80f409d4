// The network as a drawing: groups of units in columns from left to right, weights as lines, the error at the end. What passes a
// column runs in a lane above its units

const drawing = { alone: null };
const RADIUS = 23;
const LANE = 7;
const HEADER = 34;

/** The units of a group that are drawn: all of a narrow one, of a wide one the ends and those on the path. */
function drawnUnits(group, first = 0, units = unitsOf(group)) {
  if (units <= 8) return Array.from({ length: units }, (_, unit) => first + unit);
  const last = first + units - 1;
  const drawn = new Set([first, first + 1, first + 2, last - 1, last]);
  const add = (unit) => unit >= first && unit <= last && drawn.add(unit);
  if (group === chosen.layer) add(chosen.to);
  if (reached[group]?.size === 1) reached[group].forEach(add);
  if (chosen.from >= 0) {
    for (const layer of sharersOf(chosen.layer)) {
      const source = sourceAt(layer, chosen.from);
      if (source.group === group) add(source.unit);
    }
  }
  for (const name of drawing.alone?.units ?? []) {
    if (name.startsWith(unitName(group, ""))) add(Number(name.slice(unitName(group, "").length)));
  }
  return [...drawn].sort((one, other) => one - other);
}

/** Where each drawn unit stands, from the top of its group; gaps take half a place. */
function places(units) {
  let y = 0;
  return units.map((unit, at) => {
    if (at > 0) y += unit === units[at - 1] + 1 ? 1 : 1.45;
    return y;
  });
}

/** Whether the value of a unit leads into another layer on a path from the chosen parameter to the error. */
function isOnPath(group, unit, layer, to) {
  const isOn = isUnitOnPath(group, unit) && isUnitOnPath(layer, to);
  return isOn && (!isSource(group, unit) || isChosenLine(group, unit, layer, to) || Boolean(reached[group]?.has(unit)));
}

/** Whether a line stands for the chosen weight, in any of the layers that have it; of a path alone, in its layer. */
function isChosenLine(group, unit, layer, to) {
  if (chosen.from < 0 || layerOf(layer).owner !== chosen.layer || to !== chosen.to) return false;
  if (drawing.alone && drawing.alone.reader !== layer) return false;
  const source = sourceAt(layer, chosen.from);
  return source.group === group && source.unit === unit;
}

/** Whether the chosen weight leads from a unit. */
function isSource(group, unit) {
  return chosen.from >= 0 && sharersOf(chosen.layer).some((layer) => {
    if (drawing.alone && drawing.alone.reader !== layer) return false;
    const source = sourceAt(layer, chosen.from);
    return source.group === group && source.unit === unit;
  });
}

function isUnitOnPath(group, unit) {
  if (isSource(group, unit)) return true;
  if (drawing.alone) return drawing.alone.units.has(unitName(group, unit));
  return Boolean(reached[group]?.has(unit));
}

/** The groups of each column, and what passes it, from the top. */
function columnsOf() {
  const groups = [
    ...inputGroups.map(({ group, first, units, part }) => ({ group, first, units, part })),
    ...NETWORK.layers.map((layer, at) => ({ group: at + 1, first: 0, units: layer.units })),
  ];
  const last = Math.max(...Object.values(columnOf));
  const columns = Array.from({ length: last + 1 }, () => []);
  for (const { group, first, units } of groups) {
    const ends = readersOf(group).filter((reader) => overlap(reader, first, units)).map(({ layer }) => columnOf[layer]);
    if (typeof group === "number" && group > 0 && outputOf(group)) ends.push(last + 1);
    for (let column = columnOf[group] + 1; column < Math.max(...ends); column++) {
      columns[column].push({ lane: group, first, units: drawnUnits(group, first, units) });
    }
  }
  for (const { group, first, units, part } of groups) {
    const drawn = drawnUnits(group, first, units);
    columns[columnOf[group]].push({ group, first, part, units: drawn, stands: places(drawn) });
  }
  return columns;
}

function overlap(reader, first, units) {
  return reader.first < first + units && first < reader.first + reader.units;
}

/** How high something in a column is. */
function heightOf(item, gap) {
  if (item.lane !== undefined) return 22 + LANE * (item.units.length - 1);
  return item.stands[item.stands.length - 1] * gap + 92 + (NETWORK.isChain ? 0 : HEADER);
}

function drawNetwork() {
  const columns = columnsOf();
  const last = columns.length - 1;
  const rows = Math.max(...columns.flat().map((item) => (item.stands ? item.stands[item.stands.length - 1] : 0)));
  const gap = rows > 5 ? 82 : rows > 3 ? 90 : 104;
  const totals = columns.map((column) => column.reduce((sum, item) => sum + heightOf(item, gap), 0));
  const height = Math.max(...totals) + 24;
  const width = Math.max(600, (NETWORK.isChain ? 130 : 150) * columns.length + 150);
  const x = (column) => 52 + (NETWORK.isChain ? 0 : 16) + (column * (width - (NETWORK.isChain ? 190 : 206))) / Math.max(last, 1);
  const units = { };
  const lanes = { };
  columns.forEach((column, at) => {
    let top = (height - totals[at]) / 2;
    for (const item of column) {
      item.x = x(at);
      item.top = top;
      const start = top + (item.lane === undefined ? (NETWORK.isChain ? 42 : HEADER + 42) : 11);
      item.units.forEach((unit, i) => {
        if (item.lane === undefined) units[unitName(item.group, unit)] = { x: x(at), y: start + item.stands[i] * gap };
        else lanes[`${at}:${unitName(item.lane, unit)}`] = { x: x(at), y: start + i * LANE };
      });
      top += heightOf(item, gap);
    }
  });
  const lines = layerLines(units, lanes);
  const circles = unitCircles(columns.flat().filter((item) => item.lane === undefined), units);
  const end = hasLoss ? errorBox(units, lanes, { x: width - 46, y: height / 2 - 4 }, last) : { halos: "", lines: "", box: "" };
  byId("drawing").innerHTML =
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" style="--width:${width}" role="img" aria-label="${described()}">` +
    lines.halos + end.halos + lines.lines + end.lines + circles.circles + end.box + lines.labels + lines.hits + circles.hits + "</svg>";
  drawLegend();
  if (hasLoss) lightDrawing();
}

/** Scrolls a drawing that is wider than its place to one of its parts, and nothing else. */
function showInDrawing(part) {
  const box = byId("drawing");
  if (!part || box.scrollWidth <= box.clientWidth) return;
  const [inside, outside] = [part.getBoundingClientRect(), box.getBoundingClientRect()];
  if (inside.left < outside.left || inside.right > outside.right) box.scrollLeft += (inside.left + inside.right - outside.left - outside.right) / 2;
}

function described() {
  const shape = [NETWORK.inputs, ...NETWORK.layers.map((layer) => layer.units)].join("-");
  return `The ${shape} network` + (hasLoss ? ` with the paths from ${nameOf(chosen)} to the error highlighted` : "");
}

function weightOf(index) {
  if (isLater(index)) return 0;
  return state.drawn === "derivatives" ? net.values.gradient[index] : p[index];
}

/** The points of a line from a unit, through the lanes of the columns between, to one in column {@code end}. */
function pointsOf(name, column, from, to, end, lanes) {
  const points = [from];
  for (let at = column + 1; at < end; at++) {
    const lane = lanes[`${at}:${name}`];
    points.push({ x: lane.x - 34, y: lane.y }, { x: lane.x + 34, y: lane.y });
  }
  return [...points, to];
}

/** A straight line, or one that bends into its lanes. */
function drawn(points, attributes, inside = "") {
  const end = points[points.length - 1];
  if (points.length === 2) {
    return `<line ${attributes} x1="${points[0].x}" y1="${points[0].y}" x2="${end.x}" y2="${end.y}">${inside}</line>`;
  }
  let path = `M${points[0].x} ${points[0].y}`;
  for (let at = 1; at < points.length; at++) {
    const [one, other] = [points[at - 1], points[at]];
    const middle = (one.x + other.x) / 2;
    path += `C${middle} ${one.y} ${middle} ${other.y} ${other.x} ${other.y}`;
  }
  return `<path fill="none" ${attributes} d="${path}">${inside}</path>`;
}

/** Where a line's number stands: a third along, or of one that bends in its last part. */
function labelPlace(points) {
  const [one, other] = points.slice(-2);
  if (points.length === 2) return { x: one.x + 0.33 * (other.x - one.x), y: one.y + 0.33 * (other.y - one.y) };
  const t = 0.72;
  const rise = 3 * t * t - 2 * t * t * t;
  const middle = (one.x + other.x) / 2;
  const along = (1 - t) ** 3 * one.x + 3 * (1 - t) * t * middle + t ** 3 * other.x;
  return { x: along, y: one.y + rise * (other.y - one.y) };
}

/** The lines into each layer: weights of a dense one, of the others where values go. */
function layerLines(units, lanes) {
  const all = [];
  NETWORK.layers.forEach((layer, at) => {
    const number = at + 1;
    const into = [];
    let row = 0;
    for (const [group, first, size] of layer.sources) {
      for (const unit of drawnSources(group, first, size, units)) {
        const from = row + unit - first;
        const targets = layer.kind === "DENSE" ? drawnUnits(number) : [layer.kind === "CONCATENATE" ? from : unit - first];
        for (const to of targets) {
          const end = units[unitName(number, to)];
          if (!end) continue;
          const name = unitName(group, unit);
          const points = pointsOf(name, columnOf[group], units[name], end, columnOf[number], lanes);
          const index = layer.kind === "DENSE" ? indexOf({ layer: layer.owner, from, to }) : -1;
          into.push({ group, unit, layer: number, to, index, points, value: index < 0 ? 0 : weightOf(index) });
        }
      }
      row += size;
    }
    const few = into.length <= 6;
    const some = drawnUnits(number).length <= 5 && (NETWORK.isChain || into.length <= 12);
    all.push(...into.map((line) => ({ ...line, few, some })));
  });
  const greatest = Math.max(0, ...all.map((line) => Math.abs(line.value)));
  const parts = { halos: "", lines: "", labels: "", hits: "" };
  for (const { group, unit, layer, to, index, points, value, few, some } of all) {
    const isOn = isOnPath(group, unit, layer, to);
    const thickness = 0.6 + (greatest > 0 ? (Math.abs(value) / greatest) * 5 : 0);
    if (isOn) parts.halos += drawn(points, `class="halo" stroke-width="${thickness + (isChosenLine(group, unit, layer, to) ? 11 : 7)}"`);
    if (index < 0) {
      parts.lines += drawn(points, `class="fixed${fading(isOn)}" stroke-width="1.5"`);
      continue;
    }
    parts.lines += drawn(points, `class="${value < 0 ? "negative" : "positive"}${fading(isOn)}" stroke-width="${thickness.toFixed(2)}"`);
    if (isWrong(index)) parts.halos += drawn(points, 'class="wrong" stroke-width="9"');
    parts.hits += drawn(points, `class="hit" data-choose="${index}"`, `<title>${nameOf(parameterAt(index))} = ${p[index]}</title>`);
    if (!isLater(index) && (few || (isOn && (some || isChosenLine(group, unit, layer, to))))) {
      const place = labelPlace(points);
      parts.labels += `<text class="label" x="${place.x}" y="${place.y}">${tiny(value)}</text>`;
    }
  }
  return parts;
}

/** The units of a source that are drawn: one layer's all at once, of the input part by part. */
function drawnSources(group, first, size, units) {
  const places = group === 0
    ? inputGroups.filter((part) => part.group === 0).flatMap((part) => drawnUnits(0, part.first, part.units))
    : drawnUnits(group);
  return places.filter((unit) => unit >= first && unit < first + size && units[unitName(group, unit)]);
}

/** How what is on no path of the chosen parameter looks. */
function fading(isOn) {
  return isOn || !hasLoss ? "" : " faded";
}

/** Two digits behind the point: there is no room for more. */
function tiny(value) {
  if (!Number.isFinite(value)) return "?";
  const size = Math.abs(value);
  const text = size === 0 ? "0" : size < 0.01 || size >= 1000 ? value.toExponential(0) : value.toFixed(size < 0.1 ? 3 : 2);
  return text.replace(/-/g, "\u2212").replace("e+", "e");
}

/** The derivative of the error by a unit, by its value for an input and else by its sum; undefined where there is none. */
function errorOf(group, unit) {
  if (group === 0) return net.values.inputGradient[unit];
  return typeof group === "number" ? net.values["delta" + group]?.[unit] : undefined;
}

function unitCircles(items, places) {
  const parts = { circles: "", hits: "" };
  const maps = state.drawn === "maps" ? unitMaps(items.flatMap(({ group, units }) => units.map((unit) => ({ name: unitName(group, unit), group, unit })))) : new Map();
  for (const { group, units, part, x: middle, top } of items) {
    if (!NETWORK.isChain) parts.circles += header(group, part, middle, top + 20);
    units.forEach((unit, at) => {
      const { x: cx, y: cy } = places[unitName(group, unit)];
      const value = state.drawn === "derivatives" ? errorOf(group, unit) : activation(group, unit);
      const byName = group === 0 ? "dE/dx_" : `delta${group}_`;
      const name = state.drawn === "derivatives" && value !== undefined ? byName + unit : unitName(group, unit);
      const sign = value < 0 ? "negative" : "positive";
      if (isUnitOnPath(group, unit)) parts.circles += `<circle class="halo" cx="${cx}" cy="${cy}" r="${RADIUS + 1}" fill="none" stroke-width="8"/>`;
      const told = group !== 0 && state.drawn === "derivatives" && isAsked("delta" + group, unit) ? "?" : value === undefined ? "\u2013" : tiny(value);
      const isSpoiled = group > 0 && state.mistake?.layer === group;
      parts.circles += `<g data-unit="${unitName(group, unit)}"${isSpoiled ? ' class="spoiled"' : ""}>` +
        `<circle class="ground" cx="${cx}" cy="${cy}" r="${RADIUS}"/>` +
        (maps.has(name) ? `<image class="map" href="${maps.get(name)}" x="${cx - RADIUS}" y="${cy - RADIUS}" width="${2 * RADIUS}" height="${2 * RADIUS}"/>` : "") +
        `<circle class="unit ${sign}" cx="${cx}" cy="${cy}" r="${RADIUS}" fill-opacity="${maps.size > 0 ? 0 : (0.32 * Math.min(1, Math.abs(value)) || 0).toFixed(3)}"><title>${name} = ${value ?? "none"}</title></circle>` +
        `<text class="value" x="${cx}" y="${cy}">${told}</text>` +
        `<text class="name" x="${cx}" y="${cy - RADIUS - 9}">${name}</text></g>`;
      if (at > 0 && unit !== units[at - 1] + 1) {
        const before = places[unitName(group, units[at - 1])].y;
        parts.circles += `<text x="${cx}" y="${(cy + before) / 2}" aria-hidden="true">\u22ee</text>`;
      }
      if (group > 0) parts.hits += pill(group, unit, cx, cy);
    });
  }
  return parts;
}

/** What a group of units is, above them: its name, and what it makes of what it reads. */
function header(group, part, x, y) {
  const name = part ? part.name || "input" : layerOf(group).name;
  const made = part ? (part.isCategory ? `from x_${part.first} = ${input[part.first]}` : "") : madeOf(group);
  const cut = (text, most) => (text.length > most ? text.slice(0, most - 1) + "\u2026" : text);
  return `<text class="group" x="${x}" y="${y - 8}">${cut(name, 20)}<title>${name}</title></text>` +
    `<text class="name made" x="${x}" y="${y + 7}">${cut(made, 26)}<title>${made}</title></text>`;
}

/** What a layer is, in short. */
function madeOf(number) {
  const { kind, owner, activation: words, formula } = layerOf(number);
  if (kind === "DENSE" && owner !== number) return `${words}, weights of ${layerOf(owner).name}`;
  if (kind === "DENSE") return words === "identity" ? `weighted sum of ${formula}` : `${words} of ${formula}`;
  const value = kind === "SCALE" ? `scale of ${formula}` : formula;
  return words === "identity" ? value : `${words} of ${value}`;
}

/** Below a unit its bias, or what shifts and scales it. */
function pill(group, unit, cx, cy) {
  const layer = layerOf(group);
  if (layer.kind === "SCALE") return scalePill(layer, group, unit, cx, cy);
  if (layer.kind !== "DENSE" || !layer.bias) return "";
  const bias = { layer: layer.owner, from: -1, to: unit };
  const index = indexOf(bias);
  const value = weightOf(index);
  const isChosen = hasLoss && indexOf(chosen) === index;
  return `<rect class="pill${isChosen ? " chosen" : ""}${isWrong(index) ? " wrong" : ""}" x="${cx - 25}" y="${cy + RADIUS + 1}" width="50" height="16" rx="8" data-choose="${index}"><title>${nameOf(bias)} = ${p[index]}</title></rect>` +
    `<text class="pilled" x="${cx}" y="${cy + RADIUS + 9.5}">b ${isLater(index) ? "" : tiny(value)}</text>`;
}

/** Set, not trained: {@code - 0.25 x 1.75}, or for the opposite {@code / 1.75 + 0.25}. */
function scalePill(layer, group, unit, cx, cy) {
  const shift = constants[layer.constants + unit];
  const scale = constants[layer.constants + layer.units + unit];
  const signed = (value) => (value < 0 ? "\u2212 " : "+ ") + tiny(Math.abs(value));
  const text = layer.inverse ? `/ ${tiny(scale)} ${signed(shift)}` : `${signed(-shift)}, \u00d7 ${tiny(scale)}`;
  return `<rect class="pill set" x="${cx - 43}" y="${cy + RADIUS + 1}" width="86" height="16" rx="8"><title>shift${group}_${unit} = ${shift}, scale${group}_${unit} = ${scale}</title></rect>` +
    `<text class="pilled" x="${cx}" y="${cy + RADIUS + 9.5}">${text}</text>`;
}

/** The error, with a line from every output. */
function errorBox(units, lanes, to, last) {
  const parts = { halos: "", lines: "", box: "" };
  for (const { layer } of NETWORK.outputs) {
    for (const unit of drawnUnits(layer)) {
      const name = unitName(layer, unit);
      const points = pointsOf(name, columnOf[layer], units[name], to, last + 1, lanes);
      if (isUnitOnPath(layer, unit)) parts.halos += drawn(points, 'class="halo" stroke-width="7"');
      parts.lines += drawn(points, 'class="fixed"');
    }
  }
  parts.box =
    `<g data-unit="E"><rect class="pill chosen" style="cursor:auto" x="${to.x - 36}" y="${to.y - 17}" width="72" height="34" rx="8"/>` +
    `<text class="value" x="${to.x}" y="${to.y}">${tiny(E)}</text><text class="name" x="${to.x}" y="${to.y - 27}">E</text></g>`;
  return parts;
}

function drawLegend() {
  const dashed = NETWORK.isChain ? "" : "<span>Dashed: values that go on as they are" +
    (NETWORK.constants > 0 ? "; dashed below a unit: numbers that are set, not trained" : "") + ".</span>";
  byId("legend").innerHTML = ((state.drawn === "derivatives")
    ? "<span>Lines: <b>\u2202E/\u2202w</b>. Units: <b>\u03b4 = \u2202E/\u2202z</b>, below them \u2202E/\u2202b.</span>"
    : "<span>Lines: <b>weights</b>. Units: <b>values</b>, biases below.</span>") + signs() +
    (state.drawn === "maps" ? "<span>In each unit its value for all inputs: x_0 from left to right, x_1 upwards.</span>" : "") + dashed;
}

function signs() {
  return '<span><b class="plus">blue</b> above, <b class="minus">orange</b> below zero; the wider, the larger.</span>' +
    (hasLoss ? "<span>A click on a line or a bias chooses it.</span>" : "");
}
