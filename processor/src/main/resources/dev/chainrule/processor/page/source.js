// The generated Java, and its lines for the chosen parameter

/** Each line an element with its number, and comments set apart. */
function writeSource() {
  const lines = byId("class").textContent.replace(/\n$/, "").split("\n");
  byId("source").firstChild.innerHTML = lines
    .map((line, at) => {
      const start = line.trimStart();
      const comment = /^(?:\*|\/\*)/.test(start) ? line.length - start.length : line.indexOf("// ");
      const text = comment < 0 ? escaped(line) : `${escaped(line.slice(0, comment))}<i>${escaped(line.slice(comment))}</i>`;
      return `<span id="L${at + 1}">${text}\n</span>`;
    })
    .join("");
}

/** Whether units, as {@code 3} or {@code 0:776:8}, are or contain a unit. */
function includes(units, unit) {
  const [first, last = first, step = 1] = units.split(":").map(Number);
  return unit >= first && unit <= last && (unit - first) % step === 0;
}

/** Whether a symbol, as {@code w1 0:776:8 3}, stands for these units of a family. */
function standsFor(symbol, family, units) {
  const [name, ...each] = symbol.split(" ");
  return name === family && each.length === units.length && each.every((one, at) => includes(one, units[at]));
}

/** What a statement is to the chosen parameter: its derivative, an error on its paths, a line that reads it, or nothing. */
function roleOf(computed, read) {
  const family = familyOf(chosen);
  const units = unitsIn(chosen);
  if (standsFor(computed, "dE_d" + family, units)) return "own";
  if (standsFor(computed, family, units) || read.split(",").some((symbol) => standsFor(symbol, family, units))) return "use";
  const error = /^(?:delta|dE_da)(\d+) /.exec(computed);
  if (error) {
    const units = reached[error[1]];
    if (units && (units.size === unitsOf(Number(error[1])) || [...units].some((unit) => includes(computed.split(" ")[1], unit)))) return "shared";
  }
  return "";
}

/** For each method with a derivative of the chosen parameter, or one that leads to it: its lines by what they are. */
function highlightedLines() {
  return NETWORK.methods
    .map((method) => ({
      ...method,
      lines: method.statements
        .map(([from, to, computed, read]) => ({ from, to, role: roleOf(computed, read) }))
        .filter((line) => line.role !== "")
        .sort((one, other) => one.from - other.from),
    }))
    .filter((method) => method.lines.length > 0);
}

function showSource() {
  const source = byId("source");
  for (const line of source.querySelectorAll(".hit")) line.removeAttribute("class");
  const methods = highlightedLines();
  let before = 0;
  for (const method of methods) {
    byId("L" + method.header).className = "hit head";
    before = method.header;
    for (const { from, to, role } of method.lines) {
      for (let number = from; number <= to; number++) {
        const line = byId("L" + number);
        line.className = `hit ${role}${number > before + 1 && before > 0 ? " gap" : ""}`;
        before = number;
      }
    }
  }
  byId("places").innerHTML = methods
    .filter((method) => method.lines.some((line) => line.role === "own"))
    .map((method) => {
      const own = method.lines.filter((line) => line.role === "own");
      const [first, last] = [own[0].from, own[own.length - 1].to];
      const where = first === last ? `line ${first}` : `lines ${first}\u2013${last}`;
      return `<button type="button" data-line="${first}">${method.name}, ${where}</button>`;
    })
    .join("");
  if (NETWORK.methods.length === 0) {
    byId("places").textContent = `The class is too long to be shown here: read ${NETWORK.name}.java beside this page.`;
    source.hidden = true;
  }
  source.classList.toggle("only", !byId("whole").checked);
}

/** Shows a line in the middle of the source, without moving the page. */
function scrollToLine(number) {
  const source = byId("source");
  const line = byId("L" + number);
  source.scrollTop += line.getBoundingClientRect().top - source.getBoundingClientRect().top - source.clientHeight / 3;
}
