// Keeps what is typed: on the server a moment after the last key, on the device when there is none,
// and on the device as well while a submission is on its way, until its receipt has come.
import { forget, keep, kept } from "./report-copy.js";

const PAUSE_MILLISECONDS = 1200;

export class DraftKeeper {
  #timer = null;
  #latest = null;
  #saved = null;

  constructor(form, say) {
    this.form = form;
    this.say = say;
    this.place = form.dataset.place;
    // What the server sent, and not what stands there now: someone may have typed before this ran.
    this.#saved = JSON.stringify(this.#content({ isAsSent: true }));
    addEventListener("pagehide", () => this.#saveNow({ isLeaving: true }));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.#saveNow({ isLeaving: true });
    });
    addEventListener("online", () => this.#saveNow());
  }

  soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#saveNow(), PAUSE_MILLISECONDS);
  }

  // The report itself is on its way, and may not arrive. With its key it is stored once, however
  // often it is sent.
  sending() {
    clearTimeout(this.#timer);
    const content = this.#content();
    this.#saved = JSON.stringify(content);
    keep(this.place, { ...content, submission_key: this.#hidden("submission_key").value });
  }

  // What an earlier visit could not send, put back into its fields; true when there was something.
  restore() {
    const copy = kept(this.place);
    if (!copy) return false;
    if (same(copy.texts, this.#content({ isAsSent: true }).texts)) {
      forget(this.place);
      return false;
    }
    // Also what it was typed upon, so that nothing submitted meanwhile is overwritten unseen.
    for (const name of ["base_number", "submission_key"]) this.#hidden(name).value = copy[name] ?? this.#hidden(name).value;
    for (const element of this.#fields()) {
      const text = copy.texts[element.name] ?? "";
      if (element.type === "checkbox") element.checked = text !== "";
      else element.value = text;
    }
    this.soon();
    return true;
  }

  async #saveNow({ isLeaving = false } = {}) {
    clearTimeout(this.#timer);
    const content = JSON.stringify(this.#content());
    if (content === this.#saved) return;
    this.#latest = content;
    try {
      const response = await fetch(this.form.dataset.draft, {
        method: "POST",
        credentials: "same-origin",
        keepalive: isLeaving,
        headers: {
          Accept: "application/json",
          "Content-Type": "application/json",
          "X-CSRFToken": this.#hidden("csrf_token").value,
        },
        body: content,
      });
      if (!response.ok) throw new Refused(response.status);
      this.#saved = content;
      if (this.#latest === content) forget(this.place);
      this.say((await response.json()).said);
    } catch (error) {
      keep(this.place, JSON.parse(content));
      const isSignedOut = error instanceof Refused && [400, 401, 403].includes(error.status);
      this.say(isSignedOut ? this.form.dataset.signedOut : this.form.dataset.offline);
    }
  }

  get isUnsaved() {
    return JSON.stringify(this.#content()) !== this.#saved;
  }

  #content({ isAsSent = false } = {}) {
    const texts = {};
    for (const element of this.#fields()) {
      const text = isAsSent ? element.defaultValue : element.value;
      const isChecked = isAsSent ? element.defaultChecked : element.checked;
      if (element.type === "checkbox" ? isChecked : text) texts[element.name] = text;
    }
    return { base_number: Number(this.#hidden("base_number").value), texts };
  }

  #hidden(name) {
    return this.form.elements.namedItem(name);
  }

  #fields() {
    const hidden = new Set(["csrf_token", "submission_key", "base_number"]);
    return [...this.form.elements].filter((element) => element.name && !hidden.has(element.name) && element.type !== "submit");
  }
}

function same(one, other) {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => (one[name] ?? "").trim() === (other[name] ?? "").trim());
}

class Refused extends Error {
  constructor(status) {
    super(`The server answered ${status}`);
    this.status = status;
  }
}
