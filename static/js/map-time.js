// A slider through the published dates: the figures change, the outlines stay.
import { load } from "./http.js";
import { villagesByCode } from "./map-values.js";

export function followTime(row, page) {
  const listed = document.getElementById("map-days");
  if (!row || !listed) return;
  const days = JSON.parse(listed.textContent);
  const slider = row.querySelector("input");
  const said = row.querySelector("output");
  const known = new Map([[dayOf(page.settings.values), page.map.values]]);
  let asked = 0;
  row.hidden = false;
  slider.addEventListener("input", () => show(Number(slider.value)));
  // One step in the history for each date that the reader stops at, not for each in passing.
  slider.addEventListener("change", () => {
    const here = new URL(location.href);
    here.searchParams.set("date", days[slider.value][0]);
    history.pushState(history.state, "", here);
  });
  addEventListener("popstate", () => {
    const day = new URLSearchParams(location.search).get("date") ?? days.at(-1)[0];
    const index = days.findIndex(([one]) => one === day);
    if (index < 0 || index === Number(slider.value)) return;
    slider.value = String(index);
    show(index);
  });

  async function show(index) {
    const [day, name] = days[index];
    asked += 1;
    const mine = asked;
    said.value = name;
    slider.setAttribute("aria-valuetext", name);
    if (!known.has(day)) known.set(day, villagesByCode(await load(on(page.settings.values, day))));
    if (mine !== asked) return;
    page.map.show(known.get(day));
    page.panel.close();
    page.settings.picture = on(page.settings.picture, day);
    document.querySelector(".page-head__kicker")?.replaceChildren(name);
    page.root.dispatchEvent(new CustomEvent("map:changed"));
  }
}

function on(address, day) {
  return address.replace(/date=[^&]*/, `date=${day}`);
}

function dayOf(address) {
  return /date=([^&]*)/.exec(address)?.[1];
}
