// The panel with one village's figures. Everything in it is set as text, never as markup.

import { drawHistory } from "./map-sparkline.js";

export class Panel {
  constructor(element, { words, printer, address, history, onClose }) {
    Object.assign(this, { element, words, printer, address, history, onClose });
    element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  // `from` gets the focus back when the panel closes.
  show(name, code, value, from) {
    this.from = from;
    const heading = made("h3", name, { id: `${this.element.id}-name`, tabIndex: -1 });
    const figure = made("p", this.printer.brief(value), { className: "gap-map__figure" });
    const measure = made("p", this.words.measure, { className: "gap-map__measure" });
    const link = made("a", this.words.page, { href: this.address.replace("CODE", encodeURIComponent(code)) });
    const close = made("button", this.words.close, { type: "button", className: "ds-button gap-map__close" });
    close.dataset.variant = "tertiary";
    close.addEventListener("click", () => this.close());
    const lines = this.printer.lines(value).map((line) => made("p", line));
    const actions = made("p", "", { className: "gap-map__actions" });
    actions.append(link, close);
    const drawing = made("div", "", { className: "gap-map__history" });
    this.element.replaceChildren(heading, measure, figure, ...lines, drawing, actions);
    if (this.history) drawHistory(drawing, this.history.replace("CODE", encodeURIComponent(code)), this.words.history, this.printer);
    this.element.hidden = false;
    heading.focus({ preventScroll: true });
  }

  close() {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.element.replaceChildren();
    this.onClose();
    this.from?.focus({ preventScroll: true });
  }
}

export function made(tag, text, properties = {}) {
  const element = document.createElement(tag);
  element.textContent = text;
  return Object.assign(element, properties);
}
