// The layers as switches: each is shown or left out at once, and the address remembers it.
import { load } from "./http.js";

const USUAL = "municipalities";
const ORDER = ["municipalities", "associations", "services", "nodes"];

export function followLayers(list, page) {
  const { settings } = page;
  const { words } = settings;
  const shown = new Set(page.settings.layers);
  // Each layer of a date is fetched when it is first asked for, once.
  const fetched = new Map();
  const once = (address) => fetched.get(address) ?? fetched.set(address, load(address)).get(address);
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-layer]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { layer } = link.dataset;
    if (!shown.delete(layer)) shown.add(layer);
    remember();
    follow();
    page.said.textContent = `${link.textContent.trim()}: ${shown.has(layer) ? words.layerShown : words.layerHidden}`;
  });
  addEventListener("popstate", () => {
    const wanted = new URLSearchParams(location.search).get("layers") ?? USUAL;
    if (wanted === named()) return;
    shown.clear();
    for (const layer of wanted.split("-")) shown.add(layer);
    follow();
  });
  page.root.addEventListener("map:dated", follow);
  follow();

  async function follow() {
    for (const map of page.maps) map.setLayers([...shown]);
    for (const link of list.querySelectorAll("a[data-layer]")) {
      if (shown.has(link.dataset.layer)) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    page.settings.layers = named();
    page.root.dispatchEvent(new CustomEvent("map:changed"));
    const chosen = document.getElementById("map-layers-chosen");
    if (chosen) Object.assign(chosen, { value: named(), disabled: named() === USUAL });
    if (shown.has("associations")) {
      const { areas } = await once(settings.associations);
      for (const map of page.maps) map.serve(areas);
    }
    const asked = ORDER.filter((layer) => settings.marks[layer] && shown.has(layer));
    const found = await Promise.all(asked.map((layer) => once(settings.marks[layer])));
    for (const map of page.maps) map.setSigns(found.flatMap((one) => one.marks));
  }

  function named() {
    return ORDER.filter((layer) => shown.has(layer)).join("-") || "none";
  }

  function remember() {
    const here = new URL(location.href);
    if (named() === USUAL) here.searchParams.delete("layers");
    else here.searchParams.set("layers", named());
    history.pushState(history.state, "", here);
  }
}
