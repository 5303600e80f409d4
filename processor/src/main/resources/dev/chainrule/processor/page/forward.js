// The page of a network without a loss: values alone, and what is proved of them

/** No parameter is chosen, as there is no derivative to look at. */
const chosen = { layer: 0, from: -1, to: -1 };
const reached = {};
let errors = [];

/** Whether a number is to be found by the reader, comes later, or is spoiled: what other pages have modes for. */
const isAsked = () => false;
const isLater = () => false;
const isWrong = () => false;

/** Everything that depends on numbers. */
function update() {
  net.forward();
  refreshNumbers();
  drawNetwork();
  tellPanels("update");
  markScrolling();
}

startNumbers();
net.forward();
showRecord();
showLayers();
listenToNumbers();
for (const radio of document.querySelectorAll("[name=form]")) {
  radio.addEventListener("change", () => {
    document.body.classList.toggle("in-matrices", radio.value === "matrices");
    markScrolling();
  });
}
tellPanels("start");
update();
