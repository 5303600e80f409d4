// Break it: a mistake made on purpose, which the perturbation does not make; the page shows where it is

const MISTAKES = {
  slope: "leave out the slope",
  index: "swap an index",
  path: "forget a path",
  zero: "forget to zero the gradient",
};

/** The mistakes of a kind, one for each place. */
function mistakesOf(kind) {
  return kind === "zero" ? [{ kind, layer: 0, said: "adds to what earlier calls have left" }] : NETWORK.mistakes.filter((mistake) => mistake.kind === kind);
}

function makeMistake(mistake) {
  state.mistake = mistake;
  forgetKept();
  if (isKept()) {
    state.mistake = null;
    compute();
    state.mistake = mistake;
    kept.set(net.values.gradient);
  }
  update();
}

/** Makes a mistake of a kind at one of its places; of no kind none. */
function chooseMistake(kind, place = 0) {
  const places = kind === "" ? [] : mistakesOf(kind);
  document.querySelector(`[name=mistake][value="${kind}"]`).checked = true;
  byId("mistake-place").innerHTML = places.map((mistake, at) => `<option value="${at}">${placeOf(mistake)}</option>`).join("");
  byId("mistake-place").disabled = places.length < 2;
  byId("mistake-place").value = places[place] ? place : 0;
  makeMistake(places[place] ?? places[0] ?? null);
}

function placeOf({ kind, of, section, layer }) {
  if (kind === "zero") return "between calls";
  const title = NETWORK.steps.find((step) => step.section === section).title;
  return kind === "slope" ? `Delta of layer ${layer}` : `${title.replace(/^Delta of layer (\d+),/, "Layer $1,")}${of.includes("_from") ? `, by layer ${of.split("_from")[1]}` : ""}`;
}

/** Says what the mistake does to the chosen derivative and to the others, and where it is. */
function showBreaking() {
  if (state.mode !== "break") return;
  const { mistake } = state;
  byId("ways").classList.toggle("disagree", isWrong(indexOf(chosen)));
  if (!mistake) {
    byId("broken").innerHTML = '<p class="note">All three ways agree. Make a mistake, and see which of them notices.</p>';
    lightLines(undefined);
    return;
  }
  const wrong = Array.from({ length: parameters }, (_, index) => index).filter(isWrong);
  const index = indexOf(chosen);
  const derivative = `\u2202E/\u2202${nameOf(chosen)}`;
  const quotient = perturbation(index, 1e-5);
  const verdict = isWrong(index)
    ? `<p class="verdict">${derivative} by backpropagation is <b id="broken-value">${short(net.values.gradient[index])}</b>; the perturbation finds <b>${short(quotient)}</b>. They disagree.</p>`
    : `<p>${derivative} is right all the same: it does not depend on what is wrong here, for this record. ` +
      (wrong.length > 0 ? `<button type="button" class="quiet" data-choose="${wrong[0]}">Choose ${nameOf(parameterAt(wrong[0]))}</button></p>` : "</p>");
  const layers = [...new Set(wrong.map((each) => parameterAt(each).layer))];
  const spoiled = wrong.length === 0 ? "No derivative is wrong for this record." :
    `Wrong: ${wrong.length.toLocaleString("en")} of ${parameters.toLocaleString("en")} derivatives, of layer${layers.length === 1 ? "" : "s"} ${layers.join(", ")}; marked in the drawing.`;
  byId("broken").innerHTML = verdict + `<p id="spoiled">${spoiled}</p>` + (mistake.kind === "zero" ? zeroTold() : equationTold(mistake));
}

/** The wrong equation beside the right one, and the line of Java that has it right. */
function equationTold(mistake) {
  const number = NETWORK.steps.findIndex((step) => step.section === mistake.section && step.of === mistake.of);
  const right = document.querySelectorAll("#equations .step > .units > .equation math")[number];
  const [, units] = net.steps[number](Object.fromEntries(NETWORK.steps[number].over.map(([name]) => [name, 0])));
  const line = lineOf(mistake.of, units);
  lightLines(line);
  return `<h3>Where</h3><p>It ${mistake.said}.</p><div class="wide"><table class="compared"><tbody>` +
    `<tr><th scope="row">wrong</th><td><div class="equation wrong-equation"><math display="block">${mistake.equation}</math></div></td></tr>` +
    `<tr><th scope="row">right</th><td><div class="equation">${right.outerHTML}</div></td></tr></tbody></table></div>` +
    (line ? `<p class="note">The line of the generated class that has it right:</p>${javaLines(line)}` : "");
}

function zeroTold() {
  const line = lineOf("dE_d" + familyOf(chosen), unitsIn(chosen));
  lightLines(line);
  return "<h3>Where</h3><p>backprop adds to the gradient, so that records can be summed. What the call before has left must be set to 0 first: each step takes all gradients since the first.</p>" +
    (line ? javaLines(line) : "") + '<p class="java-line"><span class="soft">missing in what calls it</span> <code class="missing">Arrays.fill(gradient, 0);</code></p>';
}

panels.push({
  name: "break",
  enter() {
    byId("mode").innerHTML =
      '<fieldset class="choices"><legend>Make one mistake in backpropagation</legend>' +
      ["", ...Object.keys(MISTAKES)].map((kind) => {
        const isThere = kind === "" || mistakesOf(kind).length > 0;
        return `<label><input type="radio" name="mistake" value="${kind}"${kind === "" ? " checked" : ""}${isThere ? "" : " disabled"}> ${kind === "" ? "none" : MISTAKES[kind]}${isThere ? "" : " (not here: no such sum)"}</label>`;
      }).join("") + '</fieldset><div class="controls"><label>Where <select id="mistake-place" disabled></select></label></div><div id="broken" role="status"></div>';
    for (const radio of document.querySelectorAll("[name=mistake]")) radio.addEventListener("change", () => chooseMistake(radio.value));
    byId("mistake-place").addEventListener("change", ({ target: { value } }) => chooseMistake(state.mistake.kind, Number(value)));
  },
  leave() {
    byId("ways").classList.remove("disagree");
    lightLines(undefined);
    state.mistake = null;
    forgetKept();
  },
  update: showBreaking,
});
