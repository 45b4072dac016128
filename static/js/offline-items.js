// One line of the queue for each record, draft, or record just deleted.
import { saidLines } from "./offline-notices.js";
import { REFUSED, VERSIONS } from "./offline-queue.js";

const DOINGS = {
  record: ["edit", "save", "remove"],
  draft: ["resume", "discard"],
  removed: ["undo"],
};

export class Items {
  constructor(root, words, doings) {
    Object.assign(this, { words, doings, template: root.querySelector("template") });
  }

  made(kind, one, { mark, isForeign }) {
    const item = this.template.content.firstElementChild.cloneNode(true);
    const part = (name) => item.querySelector(`[data-part="${name}"]`);
    Object.assign(item.dataset, { mark, key: one.key, kind, state: kind === "record" ? one.state : kind });
    part("title").textContent = this.#title(one);
    part("state").textContent = this.#state(kind, one, isForeign);
    part("said").replaceChildren(...(kind === "record" ? saidLines(one.said) : []));
    const versions = part("versions");
    versions.hidden = kind !== "record" || one.state !== VERSIONS;
    if (one.address) versions.href = one.address;
    for (const button of item.querySelectorAll("[data-do]")) {
      const name = button.dataset.do;
      button.hidden = !DOINGS[kind].includes(name) || (isForeign && name === "edit") || (name === "edit" && one.state === VERSIONS);
      if (name === "edit" && one.state === REFUSED) button.firstElementChild.textContent = this.words.say("put_right");
      button.querySelector(".visually-hidden").textContent = ` ${this.#title(one)}`;
      button.addEventListener("click", () => this.doings[name](one));
    }
    return item;
  }

  #title({ fields, labels = {} }) {
    const day = fields.date?.[0];
    const place = labels.place ?? labels.organisation;
    const came = /^\d+$/.test(fields.head_count?.[0] ?? "") ? this.words.count("came", Number(fields.head_count[0])) : null;
    const parts = [day && !Number.isNaN(Date.parse(day)) ? this.words.day(`${day}T12:00`) : day, place, came];
    return parts.filter(Boolean).join(", ") || this.words.say("untitled");
  }

  #state(kind, one, isForeign) {
    if (kind === "removed") return this.words.say("removed");
    if (kind === "draft") return this.words.say("draft", { since: this.words.since(one.at) });
    if (isForeign) return this.words.say("foreign");
    if (one.state === REFUSED) return this.words.say(one.reason === "key_used" ? "key_used" : "refused");
    if (one.state === VERSIONS) return this.words.say(one.overlap === "different_fields" ? "different_fields" : "same_field");
    return this.words.say(one.session ? "change_waits" : "waits", { since: this.words.since(one.at) });
  }
}
