// What is proved of the frozen class: each property's box, the bounds of units beside their values, and where the bound loses most

const numbersThatShip = numbersOfFile();

/** Whether the page computes with the numbers that the properties are about. */
function hasNumbersThatShip() {
  return p.every((value, i) => value === numbersThatShip[i]) && constants.every((value, i) => value === numbersThatShip[parameters + i]);
}

/** The first number of the record that is not in a box, or -1. */
function outsideOf({ least, greatest }) {
  return input.findIndex((value, k) => !(value >= least[k] && value <= greatest[k]));
}

function sideOf({ least, greatest }, k) {
  return input[k] < least[k] ? "too small" : input[k] > greatest[k] ? "too large" : "inside";
}

/** The left side of the inequality that is bounded worst, for the record that is shown. */
function claimed({ outputs: numbers, factors, constant }) {
  return numbers.reduce((total, output, i) => total + factors[i] * net.values.output[output], constant);
}

/** Bounds beside zero may be so small that their digits would only be in the way. */
function exactly(value) {
  const text = value !== 0 && Math.abs(value) < 1e-300 ? "\u2248 0" : short(value);
  return `<span data-value="${value}" title="${value}">${text}</span>`;
}

function codeOf(claim) {
  return `<code>${escaped(claim).replace(/-/g, "\u2212")}</code>`;
}

/** Where a number stands between two others, in per cent. */
function along(value, from, to) {
  return to > from && to - from < Infinity ? Math.max(0, Math.min(100, (100 * (value - from)) / (to - from))) : 50;
}

/** A bar from one number to another on a scale, with a line at zero. */
function rangeBar(low, high, from, to, mark = "") {
  const [left, right] = to - from < Infinity ? [along(low, from, to), along(high, from, to)] : [0, 100];
  const zero = from < 0 && to > 0 ? `<s style="left:${along(0, from, to)}%"></s>` : "";
  return `<span class="range" aria-hidden="true"><i style="left:${left}%;width:${right - left}%"></i>${zero}${mark}</span>`;
}

function titleOf(number) {
  if (number === 0) return "The record";
  const { name } = layerOf(number);
  return `Layer ${number}${name === "layer" + number ? "" : ", " + name}`;
}

/** The widths of the bounds of each layer. */
function growthTable({ least, greatest, layers }) {
  const widths = greatest.map((value, k) => value - least[k]);
  const of = [
    { widest: widths.reduce((most, width) => Math.max(most, width), 0), mean: widths.reduce((total, width) => total + width, 0) / widths.length },
    ...layers,
  ];
  const most = Math.max(...of.map(({ mean }) => mean));
  return `<table class="growth"><thead><tr><th scope="col">Bounds of</th><th scope="col" class="number">widest</th><th scope="col" class="number">mean width</th><td class="wide-column"></td></tr></thead><tbody>` +
    of.map(({ widest, mean }, number) => `<tr><th scope="row">${titleOf(number)}</th><td class="number">${exactly(widest)}</td><td class="number">${exactly(mean)}</td><td>${rangeBar(0, mean, 0, most)}</td></tr>`).join("") +
    "</tbody></table>";
}

/** The bounds of the units of each layer, with places for their values. */
function boundsTable({ layers, losses }) {
  const [weakest] = losses;
  const bodies = layers.map(({ units, low, high }, at) => {
    const number = at + 1;
    const all = layerOf(number).units;
    const [from, to] = [Math.min(...low), Math.max(...high)];
    const rows = units.map((unit, i) => {
      const isWeakest = weakest?.[0] === number && weakest[1] === unit;
      const mark = `<b data-from="${from}" data-to="${to}" data-unit="${unit}" data-layer="${number}"></b>`;
      return `<tr><th scope="row">${unitName(number, unit)}${isWeakest ? " <mark>weakest</mark>" : ""}</th><td class="number low">${exactly(low[i])}</td><td>${rangeBar(low[i], high[i], from, to, mark)}</td>` +
        `<td class="number high">${exactly(high[i])}</td><td class="number"><span data-array="a${number}" data-at="${unit}" data-name=""></span></td></tr>`;
    });
    const which = units.length === all ? "" : `: ${units.length} of ${all.toLocaleString("en")} units, the widest`;
    return `<tbody><tr class="group"><th colspan="5" scope="rowgroup">${titleOf(number)}${which}</th></tr>${rows.join("")}</tbody>`;
  });
  return `<table class="bounds"><thead><tr><th scope="col">Unit</th><th scope="col" class="number">at least</th><td class="wide-column"></td><th scope="col" class="number">at most</th><th scope="col" class="number">value</th></tr></thead>${bodies.join("")}</table>`;
}

/** What the bound of the whole box says, and where it loses. */
function weakestUnit({ claim, strict, isOne, isChoice, bound, byLines, isByOrder, atCorner, lost, losers, losses }) {
  const isEnough = strict ? bound > 0 : bound >= 0;
  const which = isChoice
    ? "Of the inequalities that would do, the one that is bounded best says"
    : isOne
    ? "The property says"
    : "Of the property\u2019s inequalities, the one that is bounded worst says";
  const said = `<p>${which} that ${codeOf(claim)} is ${strict ? "above 0" : "0 or more"}. Over the whole box, the prover finds it to be at least ${exactly(bound)}, ` +
    (isByOrder ? "by the order of the operations that both outputs are made of, which rounding keeps, " : "") +
    `${isEnough ? "which is enough" : "which is not enough: the box has to be cut"}.</p>`;
  if (!(lost > 0 && lost < Infinity)) return said + '<p class="note">No unit is weak: none bends within the box, or none that its bounds tell of.</p>';
  const [[layer, unit, most]] = losses;
  const part = (value) => `${Math.round((100 * value) / lost)} %`;
  return said + `<p>The prover puts lines in the place of the units\u2019 functions, and these give at least ${exactly(byLines)}. At the corner where they do, ${codeOf(claim)} is ${exactly(atCorner)}: ` +
    `what lies between is lost where the values of units leave their lines, most at <b>${unitName(layer, unit)}</b>, ${part(most)} of it.</p>` +
    `<div class="wide"><table class="losses"><thead><tr><th scope="col">Unit</th><th scope="col" class="number">loses</th><th scope="col" class="number">of all</th><td class="wide-column"></td></tr></thead><tbody>` +
    losses.map(([of, which, value]) => `<tr><th scope="row">${unitName(of, which)}</th><td class="number">${exactly(value)}</td><td class="number">${part(value)}</td><td>${rangeBar(0, value, 0, most)}</td></tr>`).join("") +
    `</tbody></table></div>${losers > losses.length ? `<p class="note">Less is lost at ${(losers - losses.length).toLocaleString("en")} more.</p>` : ""}`;
}

/** Tables that are longer than this are closed at first. */
const MOST_OPEN_ROWS = 24;

function boundsOf(property) {
  const rows = property.layers.reduce((count, { units }) => count + units.length, 0);
  return '<h4>How the bounds grow</h4><p class="note">Lines keep only a part of how units change together, so that bounds may grow from layer to layer where values do not.</p>' +
    `<div class="wide">${growthTable(property)}</div><h4>The weakest unit</h4>${weakestUnit(property)}` +
    `<details${rows <= MOST_OPEN_ROWS ? " open" : ""}><summary>Each unit between its bounds</summary><div class="wide">${boundsTable(property)}</div></details>`;
}

/** Makes a property's part of the page. */
function fillProperty(element, property) {
  const { least, greatest, layers } = property;
  element.innerHTML =
    '<h4>Its box</h4><div class="box"></div><p class="where" role="status"></p>' +
    '<div class="controls">Put the record <button type="button" data-to="centre">in the centre</button>' +
    (layers ? '<button type="button" data-to="corner" class="quiet">in the corner of the lowest bound</button>' : "") +
    '<button type="button" data-to="any" class="quiet">anywhere in the box</button></div>' +
    (layers ? boundsOf(property) : '<p class="note">Bounds of units are left out, as the network is so large.</p>');
  windowTable(element.querySelector(".box"), {
    rows: least.length, columns: 4, height: 8, width: 4, caption: "",
    rowName: (k) => (NETWORK.parts.length === 1 ? `x_${k}` : `${partOf(k).name} x_${k}`),
    columnName: (column) => ["from", "to", "value", "where"][column],
    cell: (k, column) => {
      if (column === 2) return `<span data-array="input" data-at="${k}" data-name=""></span>`;
      if (column < 2) return exactly([least, greatest][column][k]);
      return `<span data-side="${k}">${sideOf(property, k)}</span>`;
    },
  });
  const next = generator(5);
  const records = {
    centre: () => property.centre,
    corner: () => property.corner,
    any: () => least.map((low, k) => {
      const part = (1 + next()) / 2;
      return partOf(k).isCategory ? Math.floor(low + part * (greatest[k] + 1 - low)) : Math.min(greatest[k], (1 - part) * low + part * greatest[k]);
    }),
  };
  for (const button of element.querySelectorAll("button[data-to]")) {
    button.addEventListener("click", () => {
      input.set(records[button.dataset.to]());
      errors = [];
      update();
    });
  }
}

/** Brings a property's part up to the record that is shown. */
function showProperty(element, property, isOwn) {
  const k = outsideOf(property);
  const said = property.claim ? ` ${codeOf(property.claim)} is ${exactly(claimed(property))} here.` : "";
  element.querySelector(".where").innerHTML =
    (k < 0 ? "The record is in the box." : `<span class="outside">The record is outside the box</span>: x_${k} is ${exactly(input[k])}. Its values need not keep to the bounds.`) +
    (isOwn ? "" : ' <span class="outside">The parameters are not those that ship</span>, which the bounds are about.') + said;
  for (const side of element.querySelectorAll("[data-side]")) {
    side.textContent = sideOf(property, side.dataset.side);
    side.classList.toggle("outside", side.textContent !== "inside");
  }
  for (const mark of element.querySelectorAll(".range b")) {
    const { from, to, layer, unit } = mark.dataset;
    const value = activation(Number(layer), Number(unit));
    mark.style.left = `${along(value, Number(from), Number(to))}%`;
    mark.hidden = Number.isNaN(value);
    mark.classList.toggle("beyond", k >= 0 || !isOwn);
  }
}

function eachProperty(action) {
  for (const element of document.querySelectorAll("[data-property]")) action(element, PROPERTIES[element.dataset.property]);
}

/** Brings all up to the record that is shown, and to the parameters. */
function showProperties() {
  const isOwn = hasNumbersThatShip();
  eachProperty((element, property) => element.firstChild && showProperty(element, property, isOwn));
}

panels.push({
  name: "properties",
  start() {
    eachProperty(fillProperty);
    refreshNumbers();
    showProperties();
  },
  update: showProperties,
});
