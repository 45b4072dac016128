// The reporting form: rules while typing, one tap for "unchanged", drafts that keep themselves.
import { DraftKeeper } from "./report-draft.js";
import { Pasting } from "./report-paste.js";
import { Village } from "./report-village.js";

const form = document.querySelector("[data-report]");
if (form) start(form);

function start(form) {
  const settings = { limits: JSON.parse(form.dataset.limits), sentences: JSON.parse(form.dataset.sentences) };
  const villages = new Map([...form.querySelectorAll("[data-village]")].map((element) => [element, new Village(element, settings)]));
  const keeper = new DraftKeeper(form, (text) => (form.querySelector("[data-saved]").textContent = text));
  const of = (target) => villages.get(target.closest("[data-village]"));
  const changed = () => {
    count(form, villages);
    keeper.soon();
  };

  form.addEventListener("input", (event) => {
    const village = of(event.target);
    if (event.target.matches("[data-count]")) {
      village.typed();
      village.check({ quietly: event.target });
    }
    changed();
  });
  form.addEventListener("change", (event) => {
    const village = of(event.target);
    if (event.target.matches("[data-unchanged]")) {
      if (event.target.checked) village.markUnchanged();
      else village.check();
    } else if (event.target.matches("[data-count]")) {
      village.check();
    }
    changed();
  });
  form.addEventListener("focusout", (event) => {
    const village = of(event.target);
    if (village && !village.element.contains(event.relatedTarget)) village.leave();
  });
  new Pasting(form, villages, changed);
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input[type='text']")) return;
    event.preventDefault();
    next(form, event.target)?.focus();
  });
  form.querySelector("[data-all-unchanged]").addEventListener("click", (event) => {
    event.preventDefault();
    for (const village of villages.values()) village.restUnchanged();
    changed();
  });
  form.addEventListener("submit", () => keeper.sending());

  for (const village of villages.values()) village.catchUp();
  const isRestored = keeper.restore();
  if (keeper.isUnsaved) keeper.soon();
  for (const village of villages.values()) if (isRestored || village.isFilled) village.check();
  count(form, villages);
}

function count(form, villages) {
  const filled = [...villages.values()].filter((village) => village.isFilled).length;
  const place = form.querySelector("[data-filled]");
  if (place) place.textContent = form.dataset.progress.replace("{filled}", filled).replace("{all}", villages.size);
}

function next(form, input) {
  const inputs = [...form.querySelectorAll("input[type='text'], textarea, [data-submit]")].filter((element) => element.offsetParent);
  return inputs[inputs.indexOf(input) + 1];
}
