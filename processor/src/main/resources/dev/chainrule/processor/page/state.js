// What the page shows, in one value: all that its panels read, and all that a link tells. Numbers stand in arrays that never change
// place, as the equations read them

const state = {
  p, input, target, constants,
  /** The parameter that is chosen, as numbers.js has them. */
  get chosen() {
    return chosen;
  },
  /** What the drawing shows: values, derivatives or maps. */
  drawn: "values",
  /** How equations are written: units or matrices. */
  form: "units",
  /** What the page is for at present: explore, steps, predict or break. */
  mode: "explore",
  /** The records that are learnt from, as records.js has them; null for the one record that is shown. */
  records: null,
  /** Which of them is shown, or -1. */
  opened: -1,
  /** How many records a step takes; Infinity for all. */
  batch: Infinity,
  /** The record that the next step begins with. */
  next: 0,
  /** Whether gradients are means over a batch, or sums. */
  isMean: true,
  /** The mistake that is made on purpose, as mistakes.js has them, or null. */
  mistake: null,
  /** How many steps have been gone through. */
  step: 0,
  /** What is asked, as predict.js has it, or null. */
  question: null,
};

/**
 * The parts of the page with a script of their own. Each is {name, start, choose, update}, all but the name where there is need:
 * start is called once, when all else stands; choose when another parameter is chosen; update after that, and whenever a number
 * has changed. Those of a mode have its name, and enter and leave, which make what is in the element #mode, and end it. Each gets
 * the state.
 */
const panels = [];

function tellPanels(what) {
  for (const panel of panels) panel[what]?.(state);
}
