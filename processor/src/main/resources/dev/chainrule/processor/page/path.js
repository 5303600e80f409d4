// From the chosen parameter to the error: every path as a chain of derivatives, and the same by backpropagation

/** More paths than this are not added up; more than the second are not listed. */
const COUNTED_PATHS = 200000;
const LISTED_PATHS = 12;

function pathsOf(parameter) {
  return NETWORK.paths[familyOf(parameter)];
}

function numberOfPaths(parameter) {
  const paths = pathsOf(parameter);
  return paths ? paths.units.reduce((count, [, size]) => count * size, 1) : Infinity;
}

/** The full gradient of the chosen parameter, by its equation; null where it has too many paths. */
function fullGradient(parameter) {
  if (numberOfPaths(parameter) > COUNTED_PATHS) return null;
  return net.fullGradient[familyOf(parameter)](...unitsIn(parameter));
}

/** The units of path number {@code number}, the last variable running fastest. */
function unitsOfPath(parameter, number) {
  const sizes = pathsOf(parameter).units.map(([, size]) => size);
  const units = [];
  for (let i = sizes.length - 1; i >= 0; i--) {
    units[i] = number % sizes[i];
    number = Math.floor(number / sizes[i]);
  }
  return units;
}

/** The links of a path: those of a bias are those of a weight to the same unit, but for the last. */
function linksOf(parameter) {
  const links = pathsOf({ ...parameter, from: 0 }).links;
  return parameter.from < 0 ? [...links.slice(0, -1), ...pathsOf(parameter).links] : links;
}

/** The values of the links of one path. */
function valuesOf(parameter, units) {
  const values = net.links["w" + parameter.layer].map((link) => link(Math.max(parameter.from, 0), parameter.to, ...units));
  if (parameter.from < 0) values[values.length - 1] = 1;
  return values;
}

/** MathML with unit numbers put in for variables. */
function withUnits(mathml, values) {
  const template = document.createElement("template");
  template.innerHTML = `<math display="block">${mathml}</math>`;
  for (const row of template.content.querySelectorAll("[data-index]")) {
    const value = values[row.dataset.index];
    if (value !== undefined) row.innerHTML = `<mn class="put">${value}</mn>`;
  }
  return template.innerHTML;
}

function variablesOf(parameter) {
  return parameter.from < 0 ? { j: parameter.to } : { k: parameter.from, j: parameter.to };
}

function showPaths() {
  const count = numberOfPaths(chosen);
  const said = !pathsOf(chosen)
    ? "There are too many layers to write a path down; backpropagation does not mind."
    : `${nameOf(chosen)} changes the error along ${count === 1 ? "one path" : count.toLocaleString("en") + " paths"}` +
      (count > COUNTED_PATHS ? ", too many to add up here: backpropagation does not mind." : ".");
  byId("paths-said").textContent = said;
  byId("paths").innerHTML = pathsOf(chosen) && count <= COUNTED_PATHS ? pathTable(Math.min(count, LISTED_PATHS), count) : "";
  byId("shared").innerHTML = sharedTable();
  const paths = pathsOf(chosen);
  byId("full-equation").innerHTML = paths
    ? `<div class="units equation">${withUnits(paths.equation, variablesOf(chosen))}</div>` +
      `<div class="matrices equation"><math display="block">${paths.matrix}</math></div>`
    : "";
}

/** The bands over a path's factors: those that make up one delta, from the error on. */
function bandsOf(links) {
  const bands = [];
  let from = 0;
  links.forEach((link, at) => {
    if (link.delta > 0) {
      bands.push({ layer: link.delta, size: at + 1 - from });
      from = at + 1;
    }
  });
  return bands;
}

function pathTable(listed, count) {
  const links = linksOf(chosen);
  const bands = bandsOf(links);
  const shades = bands.flatMap((band, at) => Array(band.size).fill(`shade${at % 4}`));
  let html = '<table><thead><tr><th scope="col" rowspan="2">Path</th>';
  bands.forEach((band, at) => {
    const text = at === 0 ? `\u03b4(${band.layer})` : `\u2192 \u03b4(${band.layer})`;
    html += `<th scope="colgroup" class="band shade${at % 4}" colspan="${band.size}">${text}</th>`;
  });
  html += '<th class="band"></th><th scope="col" rowspan="2">Product</th></tr><tr>';
  links.forEach((link, at) => {
    html += `<th scope="col" class="${shades[at] || ""}">${withUnits(link.derivative, variablesOf(chosen))}</th>`;
  });
  html += "</tr></thead><tbody>";
  for (let number = 0; number < listed; number++) {
    const units = unitsOfPath(chosen, number);
    const values = valuesOf(chosen, units);
    html += `<tr tabindex="0" data-path="${units}"><td class="way">${wayOf(units)}</td>`;
    values.forEach((value, at) => {
      html += `<td class="number ${shades[at] || ""}" title="${value}">${short(value)}</td>`;
    });
    const product = values.reduce((one, other) => one * other, 1);
    html += `<td class="number" data-value="${product}" title="${product}">${short(product)}</td></tr>`;
  }
  if (listed < count) {
    html += `<tr><td class="way" colspan="${links.length + 1}">and ${(count - listed).toLocaleString("en")} more paths</td><td></td></tr>`;
  }
  const total = fullGradient(chosen);
  html += `</tbody><tfoot><tr><th class="way" scope="row" colspan="${links.length + 1}">Sum over the paths</th>` +
    `<td class="number" id="paths-total" data-value="${total}" title="${total}">${short(total)}</td></tr></tfoot></table>`;
  return html + factors(links, shades);
}

/** What each factor is, by the derivatives of activations and sums. */
function factors(links, shades) {
  const all = links.map((link, at) =>
    `<span class="${shades[at] || ""}">${withUnits(`${link.derivative}<mo>=</mo>${link.value}`, variablesOf(chosen))}</span>`);
  return `<div class="factors" aria-label="The factors">${all.join("")}</div>`;
}

/** A path from the parameter's unit on, unit by unit. */
function wayOf(units) {
  const steps = [`a${chosen.layer}_${chosen.to}`];
  units.slice(0, depth - chosen.layer).forEach((unit, at) => steps.push(`a${chosen.layer + 1 + at}_${unit}`));
  if (units.length > depth - chosen.layer) steps.push(`a${depth}_${units[units.length - 1]}`);
  return steps.join(" \u2192 ") + " \u2192 E";
}

/** Which unit of each layer a path goes through, for the drawing. */
function unitsByLayer(units) {
  const byLayer = { [chosen.layer]: chosen.to };
  units.slice(0, depth - chosen.layer).forEach((unit, at) => (byLayer[chosen.layer + 1 + at] = unit));
  return byLayer;
}

/** How many derivatives need the error of one unit: those of all parameters that lead to it. */
function usesOf(layer) {
  let uses = unitsOf(layer - 1) + (NETWORK.layers[layer - 1].bias ? 1 : 0);
  for (let before = 1; before < layer; before++) {
    uses += (unitsOf(before - 1) + (NETWORK.layers[before - 1].bias ? 1 : 0)) * unitsOf(before);
  }
  return uses;
}

function sharedTable() {
  let html = '<table><thead><tr><th scope="col">Error of a unit</th><th scope="col">from the errors behind it</th><th scope="col" class="number">Value</th><th scope="col">needed by</th></tr></thead><tbody>';
  for (let layer = depth; layer >= chosen.layer; layer--) {
    const units = layer === chosen.layer ? [chosen.to] : drawnUnits(layer);
    for (const unit of units) {
      const value = net.values["delta" + layer][unit];
      const uses = usesOf(layer);
      html += `<tr><th scope="row" class="shade${(depth - layer) % 4}">\u03b4<sup>(${layer})</sup><sub>${unit}</sub></th>` +
        `<td>${layer === depth ? outputError(unit) : carriedBack(layer, unit)}</td>` +
        `<td class="number" title="${value}">${short(value)}</td>` +
        `<td class="reuse">${uses.toLocaleString("en")} derivative${uses === 1 ? "" : "s"}</td></tr>`;
    }
    if (units.length < unitsOf(layer) && layer > chosen.layer) {
      html += `<tr><td colspan="4" class="reuse">and ${unitsOf(layer) - units.length} more of layer ${layer}</td></tr>`;
    }
  }
  const delta = net.values["delta" + chosen.layer][chosen.to];
  const isBias = chosen.from < 0;
  const factor = isBias ? "" : ` \u00b7 ${chosen.layer === 1 ? "x" : "a" + (chosen.layer - 1)}_${chosen.from}`;
  const numbers = isBias ? "" : ` = ${short(delta)} \u00b7 ${short(activation(chosen.layer - 1, chosen.from))}`;
  const value = net.values.gradient[indexOf(chosen)];
  return html + `<tr><th scope="row">\u2202E/\u2202${nameOf(chosen)}</th><td>\u03b4${chosen.layer}_${chosen.to}${factor}${numbers}</td>` +
    `<td class="number" title="${value}">${short(value)}</td><td class="reuse">this parameter alone</td></tr></tbody></table>`;
}

/** The first factors of a path that ends in an output; for a softmax layer whose slopes depend on all outputs, in words. */
function outputError(unit) {
  const paths = pathsOf({ layer: depth, from: 0 });
  if (!paths || paths.units.length > 0) return "from all outputs, as softmax makes each depend on every z";
  const factors = valuesOf({ layer: depth, from: 0, to: unit }, []).slice(0, -1);
  const names = factors.length === 1 ? "\u2202E/\u2202z" : "\u2202E/\u2202a \u00b7 f\u2032(z)";
  return `${names} = ${factors.length === 1 ? short(factors[0]) : factors.map(bracketed).join(" \u00b7 ")}` +
    `, for output ${short(activation(depth, unit))} and target ${short(target[unit])}`;
}

/** The sum over the errors of the next layer, and the slope of the activation. */
function carriedBack(layer, unit) {
  const next = unitsOf(layer + 1);
  const byActivation = net.values["dE_da" + layer][unit];
  const terms = Array.from({ length: Math.min(next, 4) }, (_, to) =>
    `${bracketed(net.values["delta" + (layer + 1)][to])} \u00b7 ${bracketed(p[indexOf({ layer: layer + 1, from: unit, to })])}`);
  const dots = next > 4 ? " + \u2026" : "";
  return `(${terms.join(" + ")}${dots}) \u00b7 f\u2032(z) = ${short(byActivation)} \u00b7 ${short(slopeAt(layer, unit))}`;
}

function bracketed(value) {
  return value < 0 ? `(${short(value)})` : short(value);
}

/** The slope of a unit's activation: its factor in a path that starts at the unit. */
function slopeAt(layer, unit) {
  const paths = pathsOf({ layer, from: 0 });
  if (!paths) return net.values["delta" + layer][unit] / net.values["dE_da" + layer][unit];
  return valuesOf({ layer, from: 0, to: unit }, Array(paths.units.length).fill(0)).at(-2);
}
