// The form that logs a session, with or without a network. What is typed is kept as a draft while it
// is typed; sent, it goes through the queue of this device, so that a lost answer loses nothing.
import { claim, giveBack } from "./offline-claims.js";
import { choicesOf, fieldsAsSent, fieldsOf, fill, labelsOf, offer } from "./offline-fields.js";
import { drafts, enqueue, forgetDraft, keepDraft, record, REFUSED, settle } from "./offline-queue.js";
import { SIGNED_OUT } from "./offline-send.js";
import { keepSynced, synced } from "./offline-store.js";

const PAUSE_MILLISECONDS = 400;

export class OfflineForm {
  #timer = null;
  #isSent = false;
  #before = null;

  constructor(form, { sender, words, notices }) {
    Object.assign(this, { form, sender, words, notices });
    this.session = Number(form.dataset.session) || null;
    const version = form.elements.namedItem("version")?.value;
    this.baseVersion = this.session && version ? Number(version) : null;
    this.owner = form.dataset.owner || null;
    this.isShell = "offlineShell" in form.dataset;
  }

  async start() {
    if (!this.isShell) await keepSynced("choices", this.owner, choicesOf(this.form));
    else if (!(await this.#offerSynced())) return;
    this.blank = this.isShell ? fieldsOf(this.form) : fieldsAsSent(this.form);
    const wanted = new URLSearchParams(location.hash.slice(1));
    if (wanted.has("record")) await this.#open(await record(wanted.get("record")), { isRecord: true });
    else await this.#begin(wanted.get("draft"));
    this.form.addEventListener("input", () => this.#soon());
    this.form.addEventListener("change", () => this.#soon());
    this.form.addEventListener("submit", (event) => this.#submit(event));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.#keep();
    });
    addEventListener("pagehide", () => this.#keep());
    this.form.dataset.offlineReady = "";
    if (this.#isTyped) this.#soon();
  }

  get #isTyped() {
    return JSON.stringify(fieldsOf(this.form)) !== JSON.stringify(this.blank);
  }

  // Without a network the lists hold what they held when the form was last read with one.
  async #offerSynced() {
    const kept = await synced("choices");
    if (!kept) {
      this.notices.show("nothing_synced");
      this.form.hidden = true;
      return false;
    }
    this.owner = kept.owner;
    // The kept page stands in for the form of any session; what is in it only the queue may know.
    this.session = Number(location.pathname.match(/(\d+)\/log$/)?.[1]) || null;
    offer(this.form, kept.value);
    this.form.elements.namedItem("date").value = localDay();
    const asked = new URLSearchParams(location.search);
    for (const [name, value] of asked) {
      const element = this.form.elements.namedItem(name);
      if (element && "value" in element && element.type !== "hidden") element.value = value;
    }
    this.notices.show("no_network");
    return true;
  }

  // A form that the server filled in, that came back with errors or that someone has begun to fill in
  // before this ran, is not written over.
  async #begin(wanted) {
    this.key = this.#given() || crypto.randomUUID();
    const isFilledIn = "asSent" in this.form.dataset || location.search !== "" || this.#isTyped;
    if (wanted || !isFilledIn) {
      for (const draft of await drafts()) {
        const isSame = this.isShell || draft.base_version === this.baseVersion;
        const isOurs = draft.owner === this.owner && draft.session === this.session && isSame;
        if (!isOurs || (wanted && draft.key !== wanted) || !(await claim(draft.key))) continue;
        await this.#open(draft, { isRecord: false });
        return;
      }
    }
    if (this.isShell && this.session) {
      await this.#open(null, { isRecord: false });
      return;
    }
    await claim(this.key);
    this.#use(this.key);
  }

  async #open(kept, { isRecord }) {
    if (!kept || (isRecord && !(await claim(kept.key)))) {
      this.notices.show(kept ? "open_elsewhere" : "not_here");
      this.form.hidden = true;
      return;
    }
    Object.assign(this, { session: kept.session, baseVersion: kept.base_version, owner: kept.owner, isRecord });
    this.#before = kept;
    fill(this.form, kept.fields, kept.labels);
    this.#use(kept.key);
    if (isRecord) this.notices.record(kept);
    else this.notices.restored(kept, () => this.#startOver());
  }

  #use(key) {
    this.key = key;
    const place = this.form.elements.namedItem("key");
    if (place) place.value = key;
  }

  #given() {
    return this.form.elements.namedItem("key")?.value ?? "";
  }

  async #startOver() {
    this.#isSent = true;
    await forgetDraft(this.key);
    location.replace(location.pathname);
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#keep(), PAUSE_MILLISECONDS);
  }

  async #keep() {
    clearTimeout(this.#timer);
    const fields = fieldsOf(this.form);
    const kept = this.#kept ?? JSON.stringify(this.#before?.fields ?? this.blank);
    // A record that is edited stays in the queue as it was until it is saved.
    if (this.#isSent || this.isRecord || JSON.stringify(fields) === kept) return;
    this.#kept = JSON.stringify(fields);
    await keepDraft({ ...this.#written(fields), at: new Date().toISOString() });
  }

  #kept = null;

  #written(fields) {
    return {
      key: this.key,
      owner: this.owner,
      session: this.session,
      base_version: this.baseVersion,
      base: this.session ? (this.#before?.base ?? this.blank) : null,
      fields,
      labels: labelsOf(this.form),
    };
  }

  async #submit(event) {
    if (this.isBypassed) return;
    event.preventDefault();
    if (this.#isSent || this.#lacksPlace()) return;
    const { submitter } = event;
    this.#isSent = true;
    clearTimeout(this.#timer);
    try {
      await enqueue(this.#written(fieldsOf(this.form, submitter)));
    } catch {
      // No storage here (a private window, a full disk): the form posts as it does without scripts.
      this.#post(submitter);
      return;
    }
    giveBack(this.key);
    this.form.setAttribute("aria-busy", "true");
    const { state, address } = await this.sender.send({ awaited: this.key });
    const left = await record(this.key);
    this.form.removeAttribute("aria-busy");
    if (!left) {
      location.assign(address ?? this.form.dataset.queue);
      return;
    }
    if (left.state === REFUSED && left.status === 422 && !this.isShell && !this.isRecord) {
      await this.#showRefusal(left, submitter);
      return;
    }
    if (left.state !== "waiting" || state === SIGNED_OUT) location.assign(this.form.dataset.queue);
    else this.notices.savedHere(this.form);
  }

  // With a network the server says it. Without one it would be said days later, to somebody who has forgotten.
  #lacksPlace() {
    if (navigator.onLine) return false;
    const place = this.form.elements.namedItem("place");
    const written = fieldsOf(this.form);
    const isNeeded = written.state?.[0] === "held" && written.form?.[0] !== "online" && !written.place?.[0];
    place.setCustomValidity(isNeeded ? this.words.say("choose_place") : "");
    return !place.reportValidity();
  }

  // The server says beside each field what is wrong: the form is posted to it, and kept as a draft.
  async #showRefusal(left, submitter) {
    await settle(left, null);
    await keepDraft({ ...this.#written(left.fields), at: new Date().toISOString() });
    this.#post(submitter);
  }

  #post(submitter) {
    this.isBypassed = true;
    this.form.requestSubmit(submitter);
  }
}

function localDay() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
