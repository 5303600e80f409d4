// Numbers of the user's own network, from a file of weights that is dropped on the page: checked as the runtime checks it

/** The tensors of this network's files by their names, in the order of its layers. */
function ownTensors() {
  const parts = new Map();
  NETWORK.layers.forEach((layer) => {
    const add = (name, shape, isConstant, from) =>
      parts.set(`${layer.name}.${name}`, { shape, isConstant, from, end: from + shape.reduce((one, other) => one * other) });
    if (layer.kind === "SCALE") {
      add("shift", [layer.units], true, layer.constants);
      add("scale", [layer.units], true, layer.constants + layer.units);
    }
    if (layer.inputs > 0) add("weight", [layer.inputs, layer.units], false, layer.offset);
    layer.rows.forEach((row, at) => add(row, [layer.units], false, layer.offset + (layer.inputs + at) * layer.units));
  });
  return parts;
}

/** What an element is called. */
function elementName({ isConstant }, index) {
  if (!isConstant) return nameOf(parameterAt(index));
  const at = NETWORK.layers.findLastIndex((layer) => layer.kind === "SCALE" && layer.constants <= index);
  const { constants: from, units } = NETWORK.layers[at];
  return `${index - from < units ? "shift" : "scale"}${at + 1}_${(index - from) % units}`;
}

function checkMetadata(metadata, key, expected) {
  const found = metadata.get(key);
  if (found === undefined) throw new Error(`the metadata has no ${key}; expected ${quoted(expected)}`);
  if (found === expected) return;
  let difference = 0;
  while (difference < Math.min(found.length, expected.length) && found[difference] === expected[difference]) difference++;
  const from = difference < 120 ? 0 : difference - 60;
  const part = (text) => quoted((from > 0 ? "..." : "") + text.slice(from));
  throw new Error(`the metadata has the ${key} ${part(found)}; expected ${part(expected)}`);
}

/** The parameters and constants of a file; an error says what is wrong with it. */
function readWeights(bytes) {
  const { metadata, tensors, data } = readTensorFile(bytes);
  const isOurs = ["format", "topology", "crc32c"].some((key) => metadata.has("chainrule." + key));
  if (isOurs) {
    checkMetadata(metadata, "chainrule.format", "1");
    const { topology } = NETWORK;
    const isOfAnyLoss = topology.endsWith(")") && (metadata.get("chainrule.topology") ?? "").startsWith(topology + " ");
    if (!isOfAnyLoss) checkMetadata(metadata, "chainrule.topology", topology);
  }
  const parts = ownTensors();
  checkTensors(tensors, parts);
  const loaded = { p: new Float64Array(p.length), constants: new Float64Array(constants.length) };
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (const { name, dtype, begin } of tensors) {
    const { from, end, isConstant } = parts.get(name);
    const array = isConstant ? loaded.constants : loaded.p;
    for (let i = from, at = Number(begin); i < end; i++, at += DTYPES[dtype] / 8) {
      array[i] = dtype === "F64" ? view.getFloat64(at, true) : view.getFloat32(at, true);
    }
  }
  if (isOurs) checkMetadata(metadata, "chainrule.crc32c", checksumOf(data));
  for (const { name } of tensors) {
    const part = parts.get(name);
    const array = part.isConstant ? loaded.constants : loaded.p;
    for (let i = part.from; i < part.end; i++) {
      if (!Number.isFinite(array[i])) throw wrongTensor(name, `has ${array[i]} for ${elementName(part, i)}; expected finite numbers`);
    }
  }
  return loaded;
}

/** They are exactly the network's. */
function checkTensors(tensors, parts) {
  const missing = new Map(parts);
  for (const { name, shape, dtype } of tensors) {
    const part = parts.get(name);
    if (!part) throw wrongTensor(name, `is surplus; expected only ${[...parts.keys()].join(", ")}`);
    if (shape.join() !== part.shape.join()) throw wrongTensor(name, `has the shape ${quotedShape(shape)}; expected ${quotedShape(part.shape)}`);
    if (dtype !== "F64" && dtype !== "F32") throw wrongTensor(name, `has the dtype ${dtype}; expected F64 or F32`);
    missing.delete(name);
  }
  for (const [name, { shape }] of missing) throw new Error(`tensor "${name}" is missing; expected it with the shape ${quotedShape(shape)}`);
}

/** Takes over the numbers of a file, or says what is wrong with it and changes nothing. */
function takeWeights(name, bytes) {
  try {
    const loaded = readWeights(bytes);
    p.set(loaded.p);
    constants.set(loaded.constants);
    errors = [];
    forgetKept();
    byId("loaded").textContent = `The parameters are those of ${name}.`;
    update();
  } catch (problem) {
    byId("loaded").textContent = `${name}: ${problem.message}`;
  }
}

/** A file that is dropped anywhere: weights by its name, else records. */
function takeFile(file) {
  if (file.name.endsWith(".safetensors")) return file.arrayBuffer().then((buffer) => takeWeights(file.name, new Uint8Array(buffer)));
  return file.text().then(putRecords);
}

panels.push({
  name: "weights",
  start() {
    byId("weights").addEventListener("change", ({ target: { files } }) => files[0] && takeFile(files[0]));
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      const [file] = event.dataTransfer.files;
      if (file) takeFile(file);
    });
  },
});
