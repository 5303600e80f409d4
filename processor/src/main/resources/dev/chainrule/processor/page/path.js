// From the chosen parameter to the error: every path as a chain of derivatives, and the same by backpropagation

/** More paths than this are not added up; more than the second are not listed. */
const COUNTED_PATHS = 200000;
const LISTED_PATHS = 12;
const LISTED_ROUTES = 6;

/** The paths of a parameter, a part for each layer that has it; undefined where they are too many to be written down. */
function pathsOf(parameter) {
  return NETWORK.paths[familyOf(parameter)]?.filter(
    (part) => parameter.from < 0 || (parameter.from >= part.first && parameter.from < part.first + part.size));
}

/** The ways from a parameter to the error, each with all its paths. */
function routesOf(parameter) {
  return pathsOf(parameter)?.flatMap((part) => part.routes.map((route) => ({ ...route, part })));
}

function numberOfPaths(parameter) {
  const routes = routesOf(parameter);
  return routes ? routes.reduce((count, route) => count + pathsIn(route), 0) : Infinity;
}

function pathsIn(route) {
  return route.units.reduce((count, [, size]) => count * size, 1);
}

/** The full gradient of the chosen parameter, path by path; null where it has too many. */
function fullGradient(parameter) {
  if (numberOfPaths(parameter) > COUNTED_PATHS) return null;
  return routesOf(parameter).reduce((sum, route) => sum + sumOver(parameter, route), 0);
}

function sumOver(parameter, route) {
  let sum = 0;
  for (let number = 0; number < pathsIn(route); number++) {
    sum += valuesOf(parameter, route, number).reduce((one, other) => one * other, 1);
  }
  return sum;
}

/** The units of path number {@code number} of a route by their variables, the last one running fastest. */
function unitsOfPath(parameter, route, number) {
  const units = variablesOf(parameter, route.part);
  for (let i = route.units.length - 1; i >= 0; i--) {
    const [name, size] = route.units[i];
    units[name] = number % size;
    number = Math.floor(number / size);
  }
  return units;
}

/** The values of the links of one path. */
function valuesOf(parameter, route, number) {
  const units = unitsOfPath(parameter, route, number);
  return route.links.map((link) => net.links[link](units));
}

/** MathML with unit numbers put in for variables. */
function withUnits(mathml, values) {
  const template = document.createElement("template");
  template.innerHTML = `<math display="block">${mathml}</math>`;
  for (const row of template.content.querySelectorAll("[data-index]")) {
    const value = values[row.dataset.index];
    if (value !== undefined) row.innerHTML = `<mn class="put">${value + Number(row.dataset.plus ?? 0)}</mn>`;
  }
  return template.innerHTML;
}

function variablesOf(parameter, part) {
  return parameter.from < 0 ? { j: parameter.to } : { k: parameter.from - part.first, j: parameter.to };
}

function showPaths() {
  const count = numberOfPaths(chosen);
  const paths = pathsOf(chosen);
  const said = !paths
    ? `There are too many ${NETWORK.isChain ? "layers" : "ways through the layers"} to write a path down; backpropagation does not mind.`
    : `${nameOf(chosen)} changes the error along ${count === 1 ? "one path" : count.toLocaleString("en") + " paths"}` +
      (count > COUNTED_PATHS ? ", too many to add up here: backpropagation does not mind." : ".");
  byId("paths-said").textContent = said;
  byId("paths").innerHTML = paths && count <= COUNTED_PATHS ? pathTables() : "";
  byId("shared").innerHTML = sharedTable();
  byId("full-equation").innerHTML = (paths ?? [])
    .filter((part) => part.equation !== "")
    .map((part) => `<div class="units equation">${withUnits(part.equation, variablesOf(chosen, part))}</div>` +
      `<div class="matrices equation"><math display="block">${part.matrix}</math></div>`)
    .join("");
}

/** A table for each route; where there are several, each says through which layers it goes. */
function pathTables() {
  const routes = routesOf(chosen);
  const listed = Math.max(2, Math.floor(LISTED_PATHS / Math.min(routes.length, LISTED_ROUTES)));
  const total = fullGradient(chosen);
  const number = isHiding() ? '<td class="number">?</td>' : `<td class="number" id="paths-total" data-value="${total}" title="${total}">${short(total)}</td>`;
  if (routes.length === 1) return pathTable(routes[0], listed, number) + factors(routes);
  const more = routes.length - LISTED_ROUTES;
  return routes.slice(0, LISTED_ROUTES).map((route) => {
    const sum = sumOver(chosen, route);
    const paths = pathsIn(route);
    const said = paths === 1 ? short(sum) : `${paths.toLocaleString("en")} paths, ${short(sum)} in all`;
    return `<h4>${throughOf(route)}: ${said}</h4>` + pathTable(route, listed, `<td class="number" data-value="${sum}" title="${sum}">${short(sum)}</td>`);
  }).join("") +
    (more > 0 ? `<p class="reuse">and ${more} more way${more === 1 ? "" : "s"} through the layers</p>` : "") +
    `<table class="total"><tbody><tr><th scope="row">Sum over all ${numberOfPaths(chosen).toLocaleString("en")} paths</th>${number}</tr></tbody></table>` +
    factors(routes.slice(0, LISTED_ROUTES));
}

/** The layers of a route by their names. */
function throughOf(route) {
  const names = route.way.map(([layer]) => layer).filter((layer, at, all) => layer !== all[at - 1]);
  return names.map((layer) => layerOf(layer).name).join(" \u2192 ") + " \u2192 E";
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

function linksOf(route) {
  return route.links.map((link) => NETWORK.links[link]);
}

function shadesOf(links) {
  return bandsOf(links).flatMap((band) => Array(band.size).fill(shadeOf(band.layer)));
}

/** One colour a layer, from the error on. */
function shadeOf(layer) {
  const behind = Object.keys(reached).filter((other) => Number(other) > layer && net.values["delta" + other]);
  return `shade${behind.length % 4}`;
}

function pathTable(route, listed, total) {
  const links = linksOf(route);
  const bands = bandsOf(links);
  const shades = shadesOf(links);
  const variables = variablesOf(chosen, route.part);
  const count = pathsIn(route);
  let html = '<table><thead><tr><th scope="col" rowspan="2">Path</th>';
  bands.forEach((band, at) => {
    const text = at === 0 ? `\u03b4(${band.layer})` : `\u2192 \u03b4(${band.layer})`;
    html += `<th scope="colgroup" class="band ${shadeOf(band.layer)}" colspan="${band.size}">${text}</th>`;
  });
  html += '<td class="band"></td><th scope="col" rowspan="2">Product</th></tr><tr>';
  links.forEach((link, at) => {
    html += `<th scope="col" class="${shades[at] || ""}"><span class="unseen">${link.name}</span>${withUnits(link.derivative, variables)}</th>`;
  });
  html += "</tr></thead><tbody>";
  for (let number = 0; number < Math.min(listed, count); number++) {
    const way = wayOf(route, number);
    const values = valuesOf(chosen, route, number);
    html += `<tr tabindex="0" data-path="${way.join()}" data-reader="${route.part.reader}"><td class="way">${way.join(" \u2192 ")} \u2192 E</td>`;
    values.forEach((value, at) => {
      html += isAskedFactor(route, at, value)
        ? `<td class="number ${shades[at] || ""}"><b class="asked-for">?</b></td>`
        : `<td class="number ${shades[at] || ""}" title="${value}">${short(value)}</td>`;
    });
    const product = values.reduce((one, other) => one * other, 1);
    html += isHiding() ? '<td class="number">?</td></tr>' : `<td class="number" data-value="${product}" title="${product}">${short(product)}</td></tr>`;
  }
  if (listed < count) {
    html += `<tr><td class="way" colspan="${links.length + 1}">and ${(count - listed).toLocaleString("en")} more paths</td><td></td></tr>`;
  }
  return html + `</tbody><tfoot><tr><th class="way" scope="row" colspan="${links.length + 1}">Sum over the paths</th>${total}</tr></tfoot></table>`;
}

/** What each factor is, by the derivatives of activations and sums. */
function factors(routes) {
  const all = new Set();
  for (const route of routes) {
    const links = linksOf(route);
    const shades = shadesOf(links);
    links.forEach((link, at) => all.add(
      `<span class="${shades[at] || ""}">${withUnits(`${link.derivative}<mo>=</mo>${link.value}`, variablesOf(chosen, route.part))}</span>`));
  }
  return `<div class="factors" role="group" aria-label="The factors">${[...all].join("")}</div>`;
}

/** A path from the parameter's unit on, unit by unit. */
function wayOf(route, number, parameter = chosen) {
  const units = unitsOfPath(parameter, route, number);
  return route.way
    .map(([layer, variable, by]) => unitName(layer, units[variable] + by))
    .filter((name, at, all) => name !== all[at - 1]);
}

/** How many derivatives need the error of one unit: those of all weights and biases that lead to it. */
function usesOf(layer, unit) {
  const before = { [layer]: new Set([unit]) };
  const reached = (group, units) => {
    before[group] ??= new Set();
    for (const each of units) before[group].add(each);
  };
  const uses = { };
  for (let number = layer; number > 0; number--) {
    const units = before[number];
    if (!units) continue;
    const { kind, sources, owner, isSoftmax } = layerOf(number);
    if (kind === "DENSE") {
      uses[owner] ??= new Set();
      for (const each of units) uses[owner].add(each);
    }
    const all = kind === "DENSE" || (isSoftmax && number < layer);
    let row = 0;
    for (const [group, first, size] of sources) {
      const rows = all ? Array.from({ length: size }, (_, each) => each)
        : [...units].map((each) => each - (kind === "CONCATENATE" ? row : 0)).filter((each) => each >= 0 && each < size);
      if (group !== 0 && typeof group === "number") reached(group, rows.map((each) => first + each));
      row += size;
    }
  }
  return Object.entries(uses).reduce((count, [owner, units]) =>
    count + units.size * (layerOf(Number(owner)).inputs + (layerOf(Number(owner)).bias ? 1 : 0)), 0);
}

/** The layers with units that the chosen parameter has a path through, the last first, each with those that are listed. */
function errorsOnPaths() {
  const listed = [];
  for (let layer = depth; layer > 0; layer--) {
    if (!reached[layer] || !net.values["delta" + layer]) continue;
    const drawn = drawnUnits(layer).filter((unit) => reached[layer].has(unit));
    listed.push({ layer, units: drawn, more: reached[layer].size - drawn.length });
  }
  return listed;
}

function sharedTable() {
  let html = '<table><thead><tr><th scope="col">Error of a unit</th><th scope="col">from the errors behind it</th><th scope="col" class="number">Value</th><th scope="col">needed by</th></tr></thead><tbody>';
  for (const { layer, units, more } of errorsOnPaths()) {
    for (const unit of units) {
      const value = net.values["delta" + layer][unit];
      const uses = usesOf(layer, unit);
      html += `<tr><th scope="row" class="${shadeOf(layer)}">\u03b4<sup>(${layer})</sup><sub>${unit}</sub></th>` +
        (isAskedDelta(layer, unit) ? '<td>?</td><td class="number"><b class="asked-for">?</b></td>' : `<td>${behind(layer, unit)}</td><td class="number" title="${value}">${short(value)}</td>`) +
        `<td class="reuse">${uses.toLocaleString("en")} derivative${uses === 1 ? "" : "s"}</td></tr>`;
    }
    if (more > 0) html += `<tr><td colspan="4" class="reuse">and ${more} more of layer ${layer}</td></tr>`;
  }
  const value = net.values.gradient[indexOf(chosen)];
  const terms = sharersOf(isShared(chosen) ? chosen.layer : 0).map((layer) => gradientTerm(layer));
  const [names, numbers] = [0, 1].map((at) => terms.map((term) => term[at]).filter((text) => text !== "").join(" + "));
  const shown = isHiding() ? `<td>${names}</td><td class="number">?</td>` : `<td>${names}${numbers === "" ? "" : " = " + numbers}</td><td class="number" title="${value}">${short(value)}</td>`;
  return html + `<tr><th scope="row">\u2202E/\u2202${nameOf(chosen)}</th>${shown}<td class="reuse">this parameter alone</td></tr></tbody></table>`;
}

/** What a layer with the chosen parameter adds to its derivative: with names, and with numbers. */
function gradientTerm(layer) {
  const name = `\u03b4${layer}_${chosen.to}`;
  const delta = net.values["delta" + layer][chosen.to];
  if (chosen.from < 0) return [name, NETWORK.isChain ? "" : bracketed(delta)];
  const { group, unit } = sourceAt(layer, chosen.from);
  const text = NETWORK.isChain ? short : bracketed;
  return [`${name} \u00b7 ${unitName(group, unit)}`, `${text(delta)} \u00b7 ${text(activation(group, unit))}`];
}

/** Where the error of a unit comes from: the loss, or the layers that read it. */
function behind(layer, unit) {
  const terms = readersOf(layer).flatMap((reader) => termsFrom(reader, unit));
  return terms.length === 0 ? outputError(layer, unit) : carriedBack(layer, unit, terms);
}

/** The error of a unit that is an output and nothing else; for a softmax layer whose slopes depend on all outputs, in words. */
function outputError(layer, unit) {
  const byActivation = net.values["dE_da" + layer];
  if (byActivation && layerOf(layer).isSoftmax) return "from all outputs, as softmax makes each depend on every z";
  const output = outputOf(layer);
  const value = byActivation
    ? `\u2202E/\u2202a \u00b7 f\u2032(z) = ${bracketed(byActivation[unit])} \u00b7 ${bracketed(slopeAt(layer, unit))}`
    : `\u2202E/\u2202z = ${short(net.values["delta" + layer][unit])}`;
  return output ? `${value}, for output ${short(activation(layer, unit))} and target ${short(target[output.first + unit])}` : value;
}

/** The sum over the errors of the layers that read a unit, and the slope of its activation. */
function carriedBack(layer, unit, terms) {
  const byActivation = net.values["dE_da" + layer][unit];
  if (isInLoss(layer)) terms.unshift("what the loss adds");
  const sum = terms.slice(0, 4).join(" + ") + (terms.length > 4 ? " + \u2026" : "");
  if (layerOf(layer).isSoftmax) return `${sum} = ${short(byActivation)}, and from those of all units, as softmax makes each depend on every z`;
  const inside = terms.length === 1 && !sum.includes("\u00b7") ? sum : `(${sum})`;
  return `${inside} \u00b7 f\u2032(z) = ${short(byActivation)} \u00b7 ${short(slopeAt(layer, unit))}`;
}

/** What one reader of a unit adds to the derivative by its value. */
function termsFrom({ layer, row, first, units }, unit) {
  const { kind, owner, sources, inverse, constants: at, units: size } = layerOf(layer);
  const errors = net.values["delta" + layer];
  if (!errors) return [];
  const same = unit - first;
  if (kind === "DENSE") {
    return Array.from({ length: Math.min(size, 5) }, (_, to) =>
      `${bracketed(errors[to])} \u00b7 ${bracketed(p[indexOf({ layer: owner, from: row + same, to })])}`);
  }
  const error = bracketed(errors[kind === "CONCATENATE" ? row + same : same]);
  if (kind === "SCALE") return [`${error} ${inverse ? "/" : "\u00b7"} ${bracketed(constants[at + size + same])}`];
  if (kind !== "MULTIPLY") return [error];
  let before = 0;
  const others = [];
  for (const [group, start, count] of sources) {
    if (before !== row) others.push(bracketed(activation(group, start + same)));
    before += count;
  }
  return [[error, ...others].join(" \u00b7 ")];
}

function bracketed(value) {
  return value < 0 ? `(${short(value)})` : short(value);
}

/** The slope of a unit's activation; undefined where it depends on other units. */
function slopeAt(layer, unit) {
  return net.slopes[layer]?.(unit);
}
