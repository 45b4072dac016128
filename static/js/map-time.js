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
  let shownName = said.value;
  addEventListener("popstate", () => {
    const day = new URLSearchParams(location.search).get("date") ?? days.at(-1)[0];
    const index = days.findIndex(([one]) => one === day);
    if (index < 0 || index === Number(slider.value)) return;
    slider.value = String(index);
    show(index);
  });

  async function show(index) {
    const [day, name, covered] = days[index];
    asked += 1;
    const mine = asked;
    said.value = name;
    slider.setAttribute("aria-valuetext", name);
    if (!known.has(day)) known.set(day, villagesByCode(await load(on(page.settings.values, day))));
    if (mine !== asked) return;
    page.map.show(known.get(day));
    page.panel.close();
    const { settings } = page;
    for (const file of ["picture", "associations", "history"]) settings[file] = on(settings[file], day);
    for (const layer of Object.keys(settings.marks)) settings.marks[layer] = on(settings.marks[layer], day);
    tell(day, name, covered);
    page.root.dispatchEvent(new CustomEvent("map:dated"));
    page.root.dispatchEvent(new CustomEvent("map:changed"));
  }

  // What else on the page is of the date: its title, how much stands behind it, the form, and the links.
  function tell(day, name, covered) {
    document.querySelector(".page-head__kicker")?.replaceChildren(name);
    document.title = document.title.replace(shownName, name);
    shownName = name;
    for (const element of document.querySelectorAll("[data-dated]")) element.textContent = element.dataset.dated.replace("DAY", name);
    const told = document.querySelector("[data-covered], .page-head .lead");
    if (told && covered) told.textContent = covered;
    for (const link of document.querySelectorAll("main a[href*='date=']")) link.href = on(link.getAttribute("href"), day);
    const field = document.querySelector("#map-choice select[name='date']");
    if (field) field.value = day;
  }
}

function on(address, day) {
  return address.replace(/\bdate=[^&]*/, `date=${day}`);
}

function dayOf(address) {
  return /date=([^&]*)/.exec(address)?.[1];
}
