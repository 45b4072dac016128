// One village of the form: reads its fields, shows what is wrong, opens the field for a reason.
import { broken, doubts, FIELDS } from "./report-rules.js";
import { read, shown } from "./report-numbers.js";

const CLICK = 200; // milliseconds

export class Village {
  constructor(element, { limits, sentences }) {
    this.element = element;
    this.limits = limits;
    this.sentences = sentences;
    this.tick = element.querySelector("[data-unchanged]");
    this.inputs = new Map([...element.querySelectorAll("[data-count]")].map((input) => [input.dataset.count, input]));
    this.reason = element.querySelector("[data-reason]");
    this.isLeft = this.isFilled;
    this.register = numberOr(element.dataset.register);
    this.usual = JSON.parse(element.dataset.usual ?? "{}");
    this.last = Object.fromEntries(FIELDS.map((field) => [field, numberOr(this.inputs.get(field).dataset.last)]));
  }

  get isFilled() {
    return Boolean(this.tick?.checked) || [...this.inputs.values()].some((input) => input.value.trim());
  }

  // One tap: the figures of last time stand in the fields, and can still be changed.
  markUnchanged() {
    if (!this.tick) return;
    this.tick.checked = true;
    for (const [field, input] of this.inputs) input.value = this.last[field] ?? "";
    this.check();
  }

  // What is written stands; the rest is as it was last time.
  restUnchanged() {
    if (!this.isFilled) return this.markUnchanged();
    for (const [field, input] of this.inputs) if (!input.value.trim()) input.value = this.last[field] ?? "";
    this.check();
  }

  // Another number than last time means that the village is not unchanged.
  typed() {
    if (!this.tick?.checked) return;
    const differs = [...this.inputs].some(([field, input]) => {
      const { value } = read(input.value, this.limits.largest);
      return value !== null && value !== this.last[field];
    });
    if (differs) this.tick.checked = false;
  }

  // Someone may have typed before this ran, over what the server had sent as unchanged.
  catchUp() {
    const isTyped = [...this.inputs.values()].some((input) => input.value !== input.defaultValue);
    if (isTyped && this.tick?.defaultChecked) this.typed();
  }

  // The next village is being filled in: what is empty here stays so. The form moves when something is
  // asked for, so it waits until the click that led away has landed.
  leave() {
    this.isLeft = true;
    setTimeout(() => this.check(), CLICK);
  }

  // `quietly` leaves out complaints about the field that is being typed in.
  check({ quietly = null } = {}) {
    const results = new Map([...this.inputs].map(([field, input]) => [field, read(input.value, this.limits.largest)]));
    const figures = Object.fromEntries([...results].map(([field, result]) => [field, result.value ?? null]));
    const isUnchanged = Boolean(this.tick?.checked);
    const rules = isUnchanged ? {} : broken(figures, this.register);
    for (const [field, input] of this.inputs) {
      const result = results.get(field);
      const fault = result.code ? result : rules[field];
      if (input !== quietly || !fault) this.#say(input, fault);
    }
    const isRight = ![...results.values()].some((result) => result.code) && !Object.keys(rules).length;
    const found = isUnchanged || !isRight ? [] : doubts(figures, this, this.limits);
    this.#ask(found);
  }

  // The message stands under the field and belongs to it for the ear as well.
  #say(input, fault) {
    const message = fault ? this.#sentence(fault) : "";
    const id = `${input.id}-error`;
    let place = document.getElementById(id);
    if ((place?.textContent ?? "") === message) return;
    if (!place) {
      place = Object.assign(document.createElement("p"), { className: "cell__error", id });
      input.parentElement.append(place);
      input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
    }
    place.textContent = message;
    if (fault) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  #ask(found) {
    const place = this.reason.querySelector("[data-doubts]");
    const said = found.map((doubt) => `${this.inputs.get(doubt.field).labels[0].textContent}. ${this.#sentence(doubt)}`);
    if (place.innerText.trim() !== said.join("\n")) {
      place.replaceChildren(...said.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
    }
    const isWritten = this.reason.querySelector("input").value.trim() !== "";
    this.reason.hidden = !found.length && !isWritten;
  }

  #sentence({ code, facts = {} }) {
    return this.sentences[code].replace(/%\((\w+)\)s/g, (_, name) => said(facts, name));
  }
}

// A range of one number is said as that number, and a z-score to one decimal, as on the server.
function said(facts, name) {
  if (name.endsWith("_z")) return shown(facts[name], 1);
  if (!name.endsWith("_range")) return shown(facts[name]);
  const ends = ["low", "high"].map((end) => shown(facts[name.replace("range", end)]));
  return [...new Set(ends)].join("–");
}

function numberOr(text) {
  return text === "" || text === undefined ? null : Number(text);
}
