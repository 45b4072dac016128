// The villages of the map as a list of buttons: for keyboards, for ears, and for finding by name.
import { made } from "./map-panel.js";

// Filled when it is first opened: a country has thousands.
export function offerList(list, villages, onChosen) {
  list.addEventListener("toggle", () => fill(list.querySelector("ul"), villages, onChosen), { once: true });
  list.hidden = false;
}

function fill(element, villages, onChosen) {
  const collator = new Intl.Collator("sv", { numeric: true });
  const ordered = villages().sort((a, b) => collator.compare(a.name, b.name));
  element.replaceChildren(...ordered.map((village) => item(village, onChosen)));
}

function item({ name, code, brief }, onChosen) {
  const button = made("button", name, { type: "button", className: "gap-map__village" });
  button.append(made("span", brief, { className: "gap-map__village-figure" }));
  button.addEventListener("click", () => onChosen(code, button));
  const element = document.createElement("li");
  element.append(button);
  return element;
}
