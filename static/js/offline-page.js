// The queue as a page: what waits, since when, what the server said of it, and what can be done.
import { saveAs, read } from "./offline-files.js";
import { Items } from "./offline-items.js";
import { drafts, enqueue, forgetDraft, forgetRemoved, records, remove, restore } from "./offline-queue.js";
import { AWAY, SENDING, SIGNED_OUT } from "./offline-send.js";
import { NEWS, synced } from "./offline-store.js";

const PAUSE_MILLISECONDS = 150;
const STATES = [SENDING, AWAY, SIGNED_OUT];

export class QueuePage {
  #removed = new Map();

  constructor(root, { sender, words }) {
    Object.assign(this, { root, sender, words });
    this.list = this.part("list");
    const formOf = ({ session }) => (session ? root.dataset.form.replace(/log$/, `${session}/log`) : root.dataset.form);
    this.items = new Items(root, words, {
      edit: (one) => location.assign(`${formOf(one)}#record=${one.key}`),
      resume: (one) => location.assign(`${formOf(one)}#draft=${one.key}`),
      save: (one) => saveAs([one]),
      remove: (one) => this.#remove(one),
      undo: (one) => this.#undo(one),
      discard: (one) => forgetDraft(one.key),
    });
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  async start() {
    this.part("elsewhere").hidden = location.pathname === this.root.dataset.here;
    await forgetRemoved();
    this.part("send").addEventListener("click", () => this.sender.sendNow());
    this.part("save").addEventListener("click", async () => saveAs(await records()));
    this.part("read").addEventListener("change", (event) => this.#read(event.target));
    this.sender.addEventListener("state", () => this.show());
    addEventListener(NEWS, () => this.show());
    new BroadcastChannel(NEWS).addEventListener("message", () => this.show());
    await this.#draw();
    this.root.dataset.ready = "";
  }

  // One drawing at a time; news that comes meanwhile asks for one more, a moment later.
  async show() {
    if (this.isDrawing) {
      this.isAsked = true;
      return;
    }
    this.isDrawing = true;
    try {
      do {
        this.isAsked = false;
        await this.#draw();
        // A long list is drawn less often, so that it doesn't hold up what is being sent.
        await new Promise((done) => setTimeout(done, PAUSE_MILLISECONDS + 2 * this.list.children.length));
      } while (this.isAsked);
    } finally {
      this.isDrawing = false;
    }
  }

  async #draw() {
    const [kept, begun, offered] = await Promise.all([records(), drafts(), synced("choices")]);
    // The page knows who is signed in; the one that the device keeps, whose form was open last.
    this.owner = (this.root.dataset.owner || offered?.owner) ?? null;
    this.part("summary").textContent = kept.length ? this.words.waiting(kept) : this.words.say("nothing");
    this.part("empty").hidden = kept.length + begun.length + this.#removed.size > 0;
    this.part("tools").hidden = kept.length === 0;
    for (const state of STATES) {
      this.part(state).hidden = this.sender.state !== state || kept.length === 0;
    }
    const wanted = [...kept.map((one) => ["record", one]), ...begun.map((one) => ["draft", one])];
    for (const one of this.#removed.values()) wanted.push(["removed", one]);
    wanted.sort(([, a], [, b]) => a.at.localeCompare(b.at));
    this.#place(wanted);
  }

  // Items that are as they were stay in place, and so does the focus on them.
  #place(wanted) {
    const there = new Map([...this.list.children].map((item) => [item.dataset.mark, item]));
    const items = wanted.map(([kind, one]) => {
      const isForeign = Boolean(this.owner && one.owner && one.owner !== this.owner);
      const mark = JSON.stringify([kind, one.key, one.state, one.changedAt ?? one.at, isForeign]);
      return there.get(mark) ?? this.items.made(kind, one, { mark, isForeign });
    });
    const isSame = items.length === this.list.children.length && items.every((item, index) => item === this.list.children[index]);
    if (!isSame) this.list.replaceChildren(...items);
  }

  async #remove(one) {
    this.#removed.set(one.key, one);
    await remove(one.key);
    await this.#draw();
    this.list.querySelector(`[data-key="${one.key}"] [data-do="undo"]`)?.focus();
  }

  async #undo(one) {
    this.#removed.delete(one.key);
    await restore(one.key);
    await this.#draw();
    this.list.querySelector(`[data-key="${one.key}"] [data-do="remove"]`)?.focus();
  }

  async #read(input) {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    const said = this.part("read-said");
    try {
      const found = read(await file.text());
      await enqueue(...found.map((one) => ({ ...one, owner: this.owner ?? one.owner })));
      said.textContent = this.words.count("was_read", found.length);
    } catch {
      said.textContent = this.words.say("not_read");
    }
    this.sender.send();
  }
}
