// A label beside the pointer: the village's name and figure, before it is clicked.
import { made } from "./map-panel.js";

export class Hover {
  constructor(frame) {
    this.element = made("p", "", { className: "gap-map__hover", hidden: true });
    this.element.setAttribute("aria-hidden", "true");
    frame.append(this.element);
    this.frame = frame;
  }

  show(text, [x, y]) {
    this.element.textContent = text;
    this.element.hidden = false;
    const isRight = x > this.frame.clientWidth / 2;
    this.element.style.insetInlineStart = isRight ? "auto" : `${x + 14}px`;
    this.element.style.insetInlineEnd = isRight ? `${this.frame.clientWidth - x + 14}px` : "auto";
    this.element.style.insetBlockStart = `${Math.max(0, y - 34)}px`;
  }

  hide() {
    this.element.hidden = true;
  }
}
