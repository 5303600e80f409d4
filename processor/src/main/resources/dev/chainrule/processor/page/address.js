// The state in the address, behind #!, so that a link opens the page as it is now. What is as it was at the start is left out

/** More numbers than this of one kind are not put into an address. */
const MOST_LINKED = 400;

/** The numbers that a page begins with. */
let begun;

/** {@code 0.5,-1}: numbers to the last digit; none where there are too many, or they are those of the start. */
function linkedNumbers(name) {
  const numbers = state[name];
  return numbers.length > MOST_LINKED || numbers.every((value, at) => Object.is(value, begun[name][at])) ? "" : numbers.join(",");
}

function readNumbers(name) {
  return (text) => {
    const numbers = text.split(",").map(Number);
    if (numbers.length === state[name].length && numbers.every(Number.isFinite)) state[name].set(numbers);
  };
}

function linkedArray(name) {
  return { write: () => linkedNumbers(name), read: readNumbers(name) };
}

/** A field of the page. */
function linkedField(id) {
  const start = byId(id).value;
  return {
    write: () => (byId(id).value === start ? "" : byId(id).value),
    read: (text) => {
      byId(id).value = text;
    },
  };
}

/** One of several words of the state, behind radio buttons. */
function linkedChoice(name, start, choose) {
  return {
    write: () => (state[name] === start ? "" : state[name]),
    read: (text) => {
      if (document.querySelector(`[name=${name}][value="${CSS.escape(text)}"]:not(:disabled)`)) choose(text);
    },
  };
}

function linkedRecords() {
  const { records } = state;
  if (!records) return "";
  if (records.key !== "own") return records.key;
  if (records.count * (input.length + outputs) > MOST_LINKED) return "";
  return Array.from({ length: records.count }, (_, at) =>
    [...records.inputs.subarray(at * input.length, (at + 1) * input.length), ...records.targets.subarray(at * outputs, (at + 1) * outputs)].join(",")).join(";");
}

/** What a link holds, in the order in which it is read. */
let linked;

function startLinks() {
  begun = { p: p.slice(), input: input.slice(), target: target.slice(), constants: constants.slice() };
  linked = {
    p: linkedArray("p"),
    c: linkedArray("constants"),
    rate: linkedField("rate"),
    e: linkedField("epsilon"),
    batch: linkedField("batch"),
    size: linkedField("batch-size"),
    sum: linkedField("averaged"),
    set: {
      write: linkedRecords,
      read: (text) => (SETS.some((set) => set.key === text) ? learnFromSet(text) : takeRecords(text.replace(/;/g, "\n"))),
    },
    of: { write: () => (state.opened > 0 ? String(state.opened) : ""), read: (text) => Number(text) < state.records?.count && openRecord(Number(text)) },
    x: linkedArray("input"),
    t: linkedArray("target"),
    w: { write: () => (indexOf(chosen) === 0 ? "" : nameOf(chosen)), read: readParameter },
    drawn: linkedChoice("drawn", "values", (value) => choice("drawn", value)),
    form: linkedChoice("form", "units", (value) => choice("form", value)),
    mode: linkedChoice("mode", "explore", (value) => choice("mode", value)),
    mistake: {
      write: () => (state.mistake ? `${state.mistake.kind}.${mistakesOf(state.mistake.kind).indexOf(state.mistake)}` : ""),
      read: (text) => {
        const [kind, place] = text.split(".");
        if (state.mode === "break" && MISTAKES[kind] && mistakesOf(kind)[place]) chooseMistake(kind, Number(place));
      },
    },
    step: { write: () => (state.step > 0 ? String(state.step) : ""), read: (text) => state.mode === "steps" && goTo(Number(text) - 1) },
    ask: {
      write: () => (state.question ? `${state.question.kind}.${state.question.number}` : ""),
      read: (text) => {
        const [kind, number] = text.split(".");
        if (state.mode !== "predict" || !["factor", "delta"].includes(kind)) return;
        byId("ask-for").value = kind;
        ask(kind, Number(number) || 0);
      },
    },
  };
}

function readParameter(name) {
  for (let index = 0; index < parameters; index++) if (nameOf(parameterAt(index)) === name) choose(parameterAt(index));
}

/** Presses a radio button. */
function choice(name, value) {
  document.querySelector(`[name=${name}][value="${value}"]`).click();
}

/** The state as text. */
function linkText() {
  return Object.entries(linked)
    .map(([key, { write }]) => [key, write()])
    .filter(([, text]) => text !== "")
    .map(([key, text]) => `${key}=${encodeURIComponent(text).replace(/%2C/g, ",").replace(/%3B/g, ";")}`)
    .join("&");
}

/** Takes over what an address says; what it does not say stays. */
function readLink(text) {
  const said = new Map(text.split("&").map((part) => part.split("=")).map(([key, value = ""]) => [key, decodeURIComponent(value)]));
  for (const [key, { read }] of Object.entries(linked)) if (said.has(key)) read(said.get(key));
  chooseBatch();
}

let writtenLink = "";
let linkTimer;

/** Puts the state into the address, once nothing changes for a moment. */
function writeLink() {
  clearTimeout(linkTimer);
  linkTimer = setTimeout(() => {
    const text = linkText();
    if (text === writtenLink) return;
    writtenLink = text;
    location.replace("#!" + text);
  }, 300);
}

panels.push({
  name: "address",
  start() {
    startLinks();
    if (location.hash.startsWith("#!")) openLink();
    window.addEventListener("hashchange", () => location.hash.startsWith("#!") && location.hash.slice(2) !== writtenLink && openLink());
  },
  update: writeLink,
});

/** Opens the page as the address has it; one that cannot be read is left alone. */
function openLink() {
  try {
    writtenLink = location.hash.slice(2);
    readLink(writtenLink);
  } catch (problem) {
    byId("linked").textContent = `The address says more than could be read (${problem.message}); expected what a page has written.`;
  }
}
