// What the form says about the network, about drafts, and about what waits on this device.

export class Notices {
  constructor(root, words) {
    Object.assign(this, { root, words });
  }

  show(name) {
    const notice = this.root.querySelector(`[data-notice="${name}"]`);
    if (notice) notice.hidden = false;
    return notice;
  }

  hide(name) {
    this.root.querySelector(`[data-notice="${name}"]`).hidden = true;
  }

  waiting(records) {
    const notice = this.show("waiting");
    notice.hidden = records.length === 0;
    notice.querySelector("[data-text]").textContent = this.words.waiting(records);
  }

  restored(draft, startOver) {
    const notice = this.show("restored");
    notice.querySelector("[data-text]").textContent = this.words.say("restored", { moment: this.words.moment(draft.at) });
    notice.querySelector("button").addEventListener("click", startOver);
  }

  record(record) {
    const notice = this.show("record");
    notice.querySelector("[data-said]").replaceChildren(...saidLines(record.said));
  }

  savedHere(form) {
    form.hidden = true;
    for (const name of ["restored", "record"]) this.hide(name);
    const notice = this.show("saved_here");
    notice.querySelector("h2").focus();
  }
}

// The server's messages as list items, with the label of the field they are about.
export function saidLines(said = []) {
  return said.map(({ label, message }) => {
    const line = document.createElement("li");
    if (label) {
      const name = document.createElement("strong");
      name.textContent = `${label}: `;
      line.append(name);
    }
    line.append(message);
    return line;
  });
}
