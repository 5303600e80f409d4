// What each way to a gradient costs

function showBill() {
  const { operations, isGenerated, methods } = NETWORK.bill;
  const isCall = (kind) => kind.startsWith("calls of ");
  const kinds = Object.keys(operations["perturbation"]).filter((kind) => !isCall(kind));
  const number = (count, title = "") => `<td class="number" title="${title}">${count.toLocaleString("en")}</td>`;
  const total = (counts) => counts.reduce((one, [, count]) => one + count, 0);
  byId("operations").innerHTML =
    `<table><thead><tr><th scope="col">For one record</th>${kinds.map((kind) => `<th scope="col" class="number">${kind}</th>`).join("")}<th scope="col" class="number">functions</th><th scope="col" class="number">in all</th></tr></thead><tbody>` +
    Object.entries(operations)
      .map(([way, counts]) => {
        const calls = Object.entries(counts).filter(([kind, count]) => isCall(kind) && count > 0);
        const note = way === "full gradient" && !isGenerated ? " (too large to be generated)" : "";
        return `<tr><th scope="row">${way[0].toUpperCase() + way.slice(1)}${note}</th>${kinds.map((kind) => number(counts[kind])).join("")}` +
          number(total(calls), calls.map(([kind, count]) => `${count.toLocaleString("en")} ${kind}`).join(", ")) +
          number(total(Object.entries(counts))) + "</tr>";
      })
      .join("") +
    "</tbody></table>";
  drawGrowth();
  byId("methods").innerHTML =
    '<table><thead><tr><th scope="col">Method</th><th scope="col" class="number">Bytes, at most</th></tr></thead><tbody>' +
    methods.map(([name, bytes]) => `<tr><th scope="row"><code>${name}</code></th><td class="number">${typeof bytes === "number" ? bytes.toLocaleString("en") : bytes}</td></tr>`).join("") +
    "</tbody></table>";
}

/** Multiplications of each way, on a logarithmic scale, for more and more hidden layers. */
function drawGrowth() {
  const { growth } = NETWORK.bill;
  byId("growing").hidden = !NETWORK.isChain;
  byId("growth").innerHTML = growth.length > 0
    ? growthChart(growth, Math.min(620, byId("growth").clientWidth))
    : "<p>Too many layers to write the full gradient down.</p>";
}

function growthChart(growth, width) {
  const ways = [
    ["full gradient", "negative"],
    ["perturbation", "neutral"],
    ["backpropagation", "positive"],
  ];
  const values = growth.flatMap((point) => ways.map(([way]) => point[way]));
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.ceil(Math.log10(Math.max(...values)));
  const [height, left, right, top, bottom] = [240, 48, 114, 14, 40];
  const x = (at) => left + (at * (width - left - right)) / (growth.length - 1);
  const y = (value) => height - bottom - ((Math.log10(value) - low) * (height - top - bottom)) / (high - low);
  let marks = "";
  for (let power = low; power <= high; power += Math.ceil((high - low) / 6)) {
    marks += `<line class="axis" x1="${left}" x2="${width - right}" y1="${y(10 ** power)}" y2="${y(10 ** power)}"/>` +
      `<text class="name end" x="${left - 8}" y="${y(10 ** power)}">10${superscript(power)}</text>`;
  }
  growth.forEach((point, at) => {
    marks += `<text class="name" x="${x(at)}" y="${height - 24}">${at === 0 ? "this network" : "+" + at}</text>`;
  });
  const ends = ways.map(([way]) => y(growth[growth.length - 1][way]));
  const apart = spread(ends, 15);
  ways.forEach(([way, kind], at) => {
    const points = growth.map((point, step) => `${x(step)},${y(point[way])}`).join(" ");
    marks += `<polyline class="line ${kind}" style="stroke:${colourOf(kind)}" points="${points}"/>` +
      growth.map((point, step) => `<circle cx="${x(step)}" cy="${y(point[way])}" r="3.5" style="fill:${colourOf(kind)}"><title>${point.shape}, ${way}: ${point[way].toLocaleString("en")}</title></circle>`).join("") +
      `<text class="start" style="fill:${colourOf(kind)}" x="${width - right + 10}" y="${apart[at]}">${way}</text>`;
  });
  const first = growth[0];
  const last = growth[growth.length - 1];
  const times = (point) => Math.round(point["full gradient"] / point.backpropagation).toLocaleString("en");
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Multiplications a record against the number of hidden layers">${marks}` +
    `<text class="name" x="${(left + width - right) / 2}" y="${height - 7}">hidden layers more</text></svg>` +
    `<p class="note">Multiplications a record. The full gradient takes ${times(first)} times as many as backpropagation here, and ${times(last)} times as many with ${growth.length - 1} more hidden layers (${escaped(last.shape)}).</p>`;
}

function colourOf(kind) {
  return kind === "neutral" ? "var(--soft)" : `var(--${kind})`;
}

/** Places for labels, each at least so far from the next. */
function spread(places, distance) {
  const order = places.map((place, at) => at).sort((one, other) => places[one] - places[other]);
  const apart = [...places];
  for (let i = 1; i < order.length; i++) {
    apart[order[i]] = Math.max(apart[order[i]], apart[order[i - 1]] + distance);
  }
  return apart;
}

function superscript(power) {
  return String(power).replace(/\d/g, (digit) => "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"[digit]);
}
