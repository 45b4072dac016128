// What stands in the form, as names with lists of values, and back again.

const ASIDE = new Set(["csrf_token", "key", "version"]);

export function fieldsOf(form, submitter = null) {
  const fields = {};
  for (const [name, value] of new FormData(form, submitter)) {
    if (ASIDE.has(name) || typeof value !== "string") continue;
    (fields[name] ??= []).push(value);
  }
  return fields;
}

// What the server sent, and not what stands there now: someone may have typed before this ran.
export function fieldsAsSent(form) {
  const copy = form.cloneNode(true);
  copy.reset();
  return fieldsOf(copy);
}

// The words of what is chosen in each list, since the list may hold something else next time.
export function labelsOf(form) {
  const labels = {};
  for (const list of form.querySelectorAll("select[name]")) {
    const chosen = list.selectedOptions[0];
    if (list.value && chosen) labels[list.name] = chosen.text.trim();
  }
  for (const { name, dataset } of form.querySelectorAll("[data-only-choice]")) labels[name] = dataset.onlyChoice;
  return labels;
}

export function fill(form, fields, labels = {}) {
  const left = Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, [...values]]));
  for (const element of form.elements) {
    if (!element.name || ASIDE.has(element.name) || ["submit", "button", "fieldset"].includes(element.type)) continue;
    const values = left[element.name] ?? [];
    if (element.type === "checkbox" || element.type === "radio") {
      element.checked = values.includes(element.value);
    } else {
      const value = values.shift() ?? "";
      if (element.matches("select") && value && ![...element.options].some((option) => option.value === value)) {
        element.add(new Option(labels[element.name] ?? value, value));
      }
      element.value = value;
    }
    // One of the radio buttons is always chosen, which is no reason to unfold anything.
    const isFilled = element.type === "checkbox" ? element.checked : !["radio", "hidden"].includes(element.type) && element.value !== "";
    const folded = isFilled ? element.closest("details:not([open])") : null;
    if (folded) folded.open = true;
  }
}

// What the lists of a form offer: [{name, options: [{group, value, text}]}]. A list with one choice
// is no list in the form, only its value and its words.
export function choicesOf(form) {
  const lists = [...form.querySelectorAll("select[name]")].map((list) => ({
    name: list.name,
    options: [...list.options].map((option) => ({
      value: option.value,
      text: option.text.trim(),
      group: option.closest("optgroup")?.label ?? null,
    })),
  }));
  const single = [...form.querySelectorAll("[data-only-choice]")].map(({ name, value, dataset }) => ({
    name,
    options: [{ value, text: dataset.onlyChoice, group: null }],
  }));
  return [...lists, ...single];
}

export function offer(form, choices) {
  for (const { name, options } of choices) {
    const list = form.querySelector(`select[name="${CSS.escape(name)}"]`);
    if (!list) continue;
    list.replaceChildren();
    for (const { value, text, group } of options) (group ? grouped(list, group) : list).append(new Option(text, value));
  }
}

function grouped(list, label) {
  const found = [...list.querySelectorAll("optgroup")].find((one) => one.label === label);
  if (found) return found;
  const made = document.createElement("optgroup");
  made.label = label;
  list.append(made);
  return made;
}
