// A block copied in a spreadsheet and pasted in a cell fills the cells to the right and below.
const SELECTOR = "[data-count]";

export class Pasting {
  #form;
  #villages;
  #changed;
  #before = null;

  // `villages` maps elements to what reads and checks them; `changed` is called after each paste.
  constructor(form, villages, changed) {
    this.#form = form;
    this.#villages = villages;
    this.#changed = changed;
    form.addEventListener("paste", (event) => this.#pasted(event));
    form.addEventListener("input", () => this.#forget());
    form.addEventListener("keydown", (event) => this.#key(event));
    form.querySelector("[data-undo-paste]")?.addEventListener("click", () => this.undo());
  }

  #pasted(event) {
    if (!event.target.matches?.(SELECTOR)) return;
    const rows = blockOf(event.clipboardData?.getData("text/plain") ?? "");
    if (!rows) return;
    event.preventDefault();
    const filled = this.#fill(event.target, rows);
    this.#before = filled.before;
    this.#say(this.#form.dataset.pasted.replace("{cells}", filled.cells).replace("{villages}", filled.before.length));
    this.#changed();
  }

  // Cells that stand outside of the form are left out.
  #fill(start, rows) {
    const elements = [...this.#villages.keys()];
    const first = start.closest("[data-village]");
    const column = [...first.querySelectorAll(SELECTOR)].indexOf(start);
    const before = [];
    let cells = 0;
    rows.forEach((texts, down) => {
      const element = elements[elements.indexOf(first) + down];
      if (!element) return;
      before.push(stateOf(element));
      const inputs = [...element.querySelectorAll(SELECTOR)].slice(column, column + texts.length);
      inputs.forEach((input, across) => (input.value = texts[across]));
      cells += inputs.length;
      this.#check(element);
    });
    return { before, cells };
  }

  undo() {
    if (!this.#before) return;
    for (const { element, values, isTicked } of this.#before) {
      [...element.querySelectorAll(SELECTOR)].forEach((input, at) => (input.value = values[at]));
      const tick = element.querySelector("[data-unchanged]");
      if (tick) tick.checked = isTicked;
      this.#villages.get(element).check();
    }
    const back = this.#before[0]?.element.querySelector(SELECTOR);
    this.#forget();
    back?.focus();
    this.#changed();
  }

  #check(element) {
    const village = this.#villages.get(element);
    village.typed();
    village.check();
  }

  // Ctrl+Z right after the paste; later it belongs to the field that is typed in.
  #key(event) {
    if (!this.#before || event.key.toLowerCase() !== "z" || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.undo();
  }

  #forget() {
    if (!this.#before) return;
    this.#before = null;
    this.#say("");
  }

  #say(text) {
    const place = this.#form.querySelector("[data-paste]");
    if (!place) return;
    place.hidden = !text;
    place.querySelector("[data-paste-said]").textContent = text;
  }
}

function stateOf(element) {
  return {
    element,
    values: [...element.querySelectorAll(SELECTOR)].map((input) => input.value),
    isTicked: Boolean(element.querySelector("[data-unchanged]")?.checked),
  };
}

// Rows of texts, or null for a single value, which the browser pastes itself.
function blockOf(text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  if (lines.length === 1 && !lines[0].includes("\t")) return null;
  return lines.map((line) => line.split("\t").map((cell) => cell.trim()));
}
