// To hand on: the link, the drawing and the equations as text to be copied, and a worksheet to be printed

/** The drawing as a file of its own: with the rules of style that it needs, their colours put in. */
function drawingAsSvg() {
  const svg = document.querySelector("#drawing svg").cloneNode(true);
  for (const hit of svg.querySelectorAll(".hit")) hit.remove();
  const root = getComputedStyle(document.documentElement);
  const rules = [...document.styleSheets[0].cssRules]
    .filter((rule) => rule.selectorText?.split(",").every((selector) => selector.trim().startsWith("svg ")))
    .map((rule) => rule.cssText.replace(/var\((--[\w-]+)\)/g, (_, name) => root.getPropertyValue(name).trim()));
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = ["svg { font-family: sans-serif; }", ...rules].join("\n");
  svg.prepend(style);
  return new XMLSerializer().serializeToString(svg);
}

/** The equations that are shown, as they are shown: unit by unit or in matrices. */
function equationsAsMathMl() {
  const maths = document.querySelectorAll(`#equations .${state.form}.equation math, #equations .${state.form} .equation math`);
  return [...maths].map((math) => {
    const copy = math.cloneNode(true);
    copy.setAttribute("xmlns", "http://www.w3.org/1998/Math/MathML");
    for (const element of copy.querySelectorAll("*")) for (const name of ["data-index", "data-plus"]) element.removeAttribute(name);
    return copy.outerHTML;
  }).join("\n");
}

/** The equations unit by unit, with the full gradient of the chosen parameter. */
function equationsAsLatex() {
  const full = (pathsOf(chosen) ?? []).map((part) => part.latex).filter((latex) => latex !== "");
  const lines = [...NETWORK.steps.map((step) => step.latex), ...full].map((line) => "  " + line.replace(" = ", " &= "));
  return `\\begin{align*}\n${lines.join(" \\\\\n")}\n\\end{align*}`;
}

const COPIES = {
  link: () => `${location.href.split("#")[0]}#!${linkText()}`,
  svg: drawingAsSvg,
  mathml: equationsAsMathMl,
  latex: equationsAsLatex,
};

/** Puts a text into the field, selected, and where the browser allows it into the clipboard. */
function copyText() {
  const area = byId("copied");
  area.value = COPIES[byId("copy-what").value]();
  area.select();
  navigator.clipboard?.writeText(area.value).then(
    () => (byId("copy-said").textContent = "Copied."),
    () => (byId("copy-said").textContent = "Selected: the browser leaves the copying to you."));
}

/** Three weights with a path each, from the last layer to the first, other ones for each choice of a parameter. */
function pathsToCompute() {
  const next = generator(1 + indexOf(chosen));
  const below = (size) => Math.floor(((next() + 1) / 2) * size);
  const layers = NETWORK.layers.map((layer, at) => at + 1).filter((number) => layerOf(number).inputs > 0);
  const three = layers.length === 1 ? [layers[0], layers[0], layers[0]] : [layers[layers.length - 1], layers[Math.floor((layers.length - 1) / 2)], layers[0]];
  return three.map((layer) => {
    const parameter = { layer, from: below(layerOf(layer).inputs), to: below(unitsOf(layer)) };
    const routes = routesOf(parameter);
    if (!routes || numberOfPaths(parameter) > COUNTED_PATHS) return null;
    const route = routes[below(routes.length)];
    return { parameter, route, number: below(pathsIn(route)) };
  }).filter((path) => path !== null);
}

/** A path as a table: the derivatives, and under them room, or their numbers. */
function pathToCompute({ parameter, route, number }, isAnswered) {
  const units = unitsOfPath(parameter, route, number);
  const values = valuesOf(parameter, route, number);
  const product = values.reduce((one, other) => one * other, 1);
  const inline = (mathml) => withUnits(mathml, units).replace(' display="block"', "");
  const cells = values.map((value) => `<td>${isAnswered ? short(value) : ""}</td>`).join("");
  const formulas = isAnswered ? `<tr class="formulas">${linksOf(route).map((link) => `<td>${inline(link.value)}</td>`).join("")}<td></td></tr>` : "";
  return `<h3>\u2202E/\u2202${nameOf(parameter)} along ${wayOf(route, number, parameter).join(" \u2192 ")} \u2192 E</h3>` +
    `<table class="compute"><thead><tr>${linksOf(route).map((link) => `<th scope="col">${inline(link.derivative)}</th>`).join("")}<th scope="col">product</th></tr></thead>` +
    `<tbody>${formulas}<tr>${cells}<td>${isAnswered ? short(product) : ""}</td></tr></tbody></table>` +
    (isAnswered
      ? `<p>Over all ${numberOfPaths(parameter) === 1 ? "paths, which is this one" : numberOfPaths(parameter) + " paths"}: \u2202E/\u2202${nameOf(parameter)} = ${short(net.values.gradient[indexOf(parameter)])}.</p>`
      : '<div class="room"></div>');
}

function makeWorksheet() {
  const paths = pathsToCompute();
  const svg = document.querySelector("#drawing svg").outerHTML;
  const of = (array, letter) => [...array.slice(0, 12)].map((value, at) => `${letter}_${at} = ${short(value)}`).join(", ") + (array.length > 12 ? ", \u2026" : "");
  const values = NETWORK.layers.length <= 6
    ? NETWORK.layers.map((layer, at) => of(net.values["a" + (at + 1)], "a" + (at + 1))).join("; ")
    : "";
  const given = `<p>Inputs: ${of(input, "x")}. Targets: ${of(target, "t")}. Error: E = ${short(E)}.${values === "" ? "" : ` Values: ${values}.`}</p>`;
  const asked = paths.length === 0 ? "<p>This network has too many ways through its layers to write a path down.</p>" : "";
  byId("worksheet").innerHTML =
    `<div class="sheet"><p class="who">Name: <span></span> Date: <span></span></p><h1>${escaped(NETWORK.name)}: three paths</h1>` +
    "<p>Each path is a product of derivatives. Find every factor with the numbers of the drawing, then their product. The number on a line is the weight, that in a unit its value.</p>" +
    `<div class="drawn">${svg}</div>${given}${asked}${paths.map((path) => pathToCompute(path, false)).join("")}</div>` +
    `<div class="sheet"><h1>${escaped(NETWORK.name)}: answers</h1>${given}${paths.map((path) => pathToCompute(path, true)).join("")}</div>`;
}

function printWorksheet() {
  if (state.drawn !== "values") choice("drawn", "values");
  makeWorksheet();
  document.body.classList.add("printing");
  window.print();
}

panels.push({
  name: "handing",
  start() {
    byId("copy").addEventListener("click", copyText);
    byId("print").addEventListener("click", printWorksheet);
    window.addEventListener("afterprint", () => {
      document.body.classList.remove("printing");
      byId("worksheet").replaceChildren();
    });
  },
});
