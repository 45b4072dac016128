// Keeps what is typed: on the server a moment after the last key, on the device when there is none.

const PAUSE_MILLISECONDS = 1200;

export class DraftKeeper {
  #timer = null;
  #latest = null;
  #saved = null;

  constructor(form, say) {
    this.form = form;
    this.say = say;
    this.place = `draft:${form.dataset.draft}`;
    // What the server sent, and not what stands there now: someone may have typed before this ran.
    this.#saved = this.#content({ isAsSent: true });
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

  // The report itself is on its way: nothing is left to keep.
  stop() {
    clearTimeout(this.#timer);
    this.#saved = this.#content();
    this.#forget();
  }

  // What an earlier visit could not send, put back into its fields; true when there was something.
  restore() {
    const kept = this.#kept();
    if (!kept) return false;
    for (const element of this.#fields()) {
      const text = kept.texts[element.name] ?? "";
      if (element.type === "checkbox") element.checked = text !== "";
      else element.value = text;
    }
    this.soon();
    return true;
  }

  async #saveNow({ isLeaving = false } = {}) {
    clearTimeout(this.#timer);
    const content = this.#content();
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
          "X-CSRFToken": this.form.elements.namedItem("csrf_token").value,
        },
        body: content,
      });
      if (!response.ok) throw new Refused(response.status);
      this.#saved = content;
      if (this.#latest === content) this.#forget();
      this.say((await response.json()).said);
    } catch (error) {
      this.#keepHere(content);
      const isSignedOut = error instanceof Refused && [400, 401, 403].includes(error.status);
      this.say(isSignedOut ? this.form.dataset.signedOut : this.form.dataset.offline);
    }
  }

  get isUnsaved() {
    return this.#content() !== this.#saved;
  }

  #content({ isAsSent = false } = {}) {
    const texts = {};
    for (const element of this.#fields()) {
      const text = isAsSent ? element.defaultValue : element.value;
      const isChecked = isAsSent ? element.defaultChecked : element.checked;
      if (element.type === "checkbox" ? isChecked : text) texts[element.name] = text;
    }
    return JSON.stringify({ base_number: Number(this.form.elements.namedItem("base_number").value), texts });
  }

  #fields() {
    const hidden = new Set(["csrf_token", "submission_key", "base_number"]);
    return [...this.form.elements].filter((element) => element.name && !hidden.has(element.name) && element.type !== "submit");
  }

  #keepHere(content) {
    try {
      localStorage.setItem(this.place, content);
    } catch {
      // A browser without storage still has the page itself.
    }
  }

  #kept() {
    try {
      return JSON.parse(localStorage.getItem(this.place));
    } catch {
      return null;
    }
  }

  #forget() {
    try {
      localStorage.removeItem(this.place);
    } catch {
      // As above.
    }
  }
}

class Refused extends Error {
  constructor(status) {
    super(`The server answered ${status}`);
    this.status = status;
  }
}
