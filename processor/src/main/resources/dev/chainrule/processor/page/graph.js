// The layers as a graph: what reads what. A group of units is the input, 0, a layer, by its number, or the units of a part of
// categories, "x_rank"

function layerOf(number) {
  return NETWORK.layers[number - 1];
}

/** Each part of the input as a group of units to be drawn: those of the record, or those of categories. */
const inputGroups = NETWORK.parts.map((part) =>
  part.isCategory
    ? { group: "x_" + part.name, first: 0, units: part.units, part }
    : { group: 0, first: part.first, units: part.units, part });

/** Those that read a group, each with its rows of it: unit {@code first} of the group is row {@code row} of what it reads. */
function readersOf(group) {
  const readers = [];
  NETWORK.layers.forEach((layer, at) => {
    let row = 0;
    for (const [source, first, units] of layer.sources) {
      if (source === group) readers.push({ layer: at + 1, first, units, row });
      row += units;
    }
  });
  return readers;
}

/** The unit that is row {@code row} of what a layer reads. */
function sourceAt(layer, row) {
  let before = 0;
  for (const [group, first, units] of layerOf(layer).sources) {
    if (row < before + units) return { group, unit: first + row - before };
    before += units;
  }
  return undefined;
}

function unitName(group, unit) {
  return group === 0 ? `x_${unit}` : typeof group === "number" ? `a${group}_${unit}` : `${group}_${unit}`;
}

/** The layers that have the weights of one: itself, and those that share them. */
function sharersOf(owner) {
  return NETWORK.layers.map((layer, at) => at + 1).filter((number) => layerOf(number).owner === owner);
}

/** The outputs that a layer gives, or undefined. */
function outputOf(layer) {
  return NETWORK.outputs.find((output) => output.layer === layer);
}

/** Whether the loss reads the values of a layer: it is an output, or what an output only scales back. */
function isInLoss(layer) {
  const isInverse = (number) => layerOf(number).kind === "SCALE" && layerOf(number).inverse;
  return (outputOf(layer) !== undefined && !isInverse(layer)) ||
    readersOf(layer).some((reader) => isInverse(reader.layer) && outputOf(reader.layer));
}

/** Which units a parameter has a path through, a set by layer; one that is undefined has none. */
function unitsAfter(parameter) {
  const after = { };
  NETWORK.layers.forEach((layer, at) => {
    const number = at + 1;
    const reached = new Set();
    const all = () => Array.from({ length: layer.units }, (_, unit) => reached.add(unit));
    if (number === parameter.layer || (isShared(parameter) && layer.owner === parameter.layer)) reached.add(parameter.to);
    let row = 0;
    for (const [group, first, units] of layer.sources) {
      for (const unit of after[group] ?? []) {
        if (unit < first || unit >= first + units) continue;
        if (layer.kind === "DENSE") all();
        else reached.add(unit - first + (layer.kind === "CONCATENATE" ? row : 0));
        if (reached.size === layer.units) break;
      }
      row += units;
    }
    if (layer.isSoftmax && reached.size > 0) all();
    if (reached.size > 0) after[number] = reached;
  });
  return after;
}

/** Whether a parameter is one that layers with the weights of another have, too: letters are a layer's own. */
function isShared(parameter) {
  return familyOf(parameter)[0] !== "p";
}

/** In which column each group stands: behind all that it reads. */
const columnOf = { 0: 0 };
for (const { group } of inputGroups) columnOf[group] = 0;
NETWORK.layers.forEach((layer, at) => {
  columnOf[at + 1] = 1 + Math.max(...layer.sources.map(([group]) => columnOf[group]));
});
