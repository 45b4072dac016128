// The villages of the map as a list of buttons: for keyboards, for ears, and for finding by name.
import { made } from "./map-panel.js";

// Filled when it is first opened: a country has thousands.
export function offerList(list, villages, onChosen) {
  list.addEventListener("toggle", () => fill(list.querySelector("ul"), villages, onChosen), { once: true });
  list.hidden = false;
}

const FOUND_MOST = 30;

// A field that lists the villages whose name holds what is typed; Enter opens the first.
export function offerSearch(row, page) {
  const input = row.querySelector("input");
  const list = document.createElement("ul");
  list.className = "gap-map__villages";
  row.append(list);
  row.hidden = false;
  const find = () => {
    const text = input.value.trim().toLocaleLowerCase("sv");
    const found = text ? page.map.listed().filter(({ name }) => name.toLocaleLowerCase("sv").includes(text)) : [];
    const first = found.sort((a, b) => a.name.length - b.name.length).slice(0, FOUND_MOST);
    list.replaceChildren(...first.map((village) => item(village, (code, button) => page.find(code, button))));
    page.said.textContent = text ? `${found.length} ${found.length === 1 ? page.words.foundOne : page.words.found}` : "";
  };
  input.addEventListener("input", find);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") list.querySelector("button")?.click();
    if (event.key === "Escape") {
      input.value = "";
      find();
    }
  });
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
