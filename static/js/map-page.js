// What stands around a map or two: the panel, the list, the address, and what was opened before.
import { load } from "./http.js";
import { readAddress, writeAddress } from "./map-address.js";
import { GapMap, sharedView, styled } from "./map-gap.js";
import { offerList } from "./map-list.js";
import { Panel } from "./map-panel.js";
import { changed, Printer, villagesByCode } from "./map-values.js";

const NEAR_METRES = 8000;

export async function openMap(root) {
  const settings = JSON.parse(document.getElementById("gap-map-settings").textContent);
  const addresses = [settings.shapes, settings.values, ...(settings.before ? [settings.before] : [])];
  const [shapes, values, before] = await Promise.all(addresses.map((address) => load(address)));
  await styled();
  if (!shapes.villages.length && !shapes.municipalities.length) return null;
  return new MapPage(root, settings, shapes, villagesByCode(values), before ? villagesByCode(before) : null);
}

export class MapPage {
  constructor(root, settings, shapes, values, before) {
    Object.assign(this, { root, settings, shapes, chosen: null });
    this.words = settings.words;
    this.printer = new Printer(settings.language, this.words);
    this.said = root.querySelector("#gap-map-said");
    this.panel = new Panel(root.querySelector("#gap-map-panel"), {
      words: this.words,
      printer: this.printer,
      address: settings.village,
      history: settings.history,
      onClose: () => this.choose(null),
    });
    this.maps = this.made(values, before);
    this.map = this.maps.at(-1);
    root.dataset.state = "live";
    this.fitted();
    offerList(root.querySelector("#gap-map-list"), () => this.map.listed(), (code, button) => this.find(code, button));
    this.map.map.once("rendercomplete", () => (root.dataset.drawn = "true"));
  }

  made(values, before) {
    const { mode } = this.settings;
    const canvases = [...this.root.querySelectorAll(".gap-map__canvas")];
    const shown = mode === "change" ? [changed(before, values)] : mode === "beside" ? [before, values] : [values];
    const view = sharedView();
    const dates = [...this.root.querySelectorAll(".gap-map__dates span")].map((date) => `${date.textContent}. `);
    for (const canvas of canvases) canvas.hidden = false;
    return shown.map((one, index) => new GapMap({
      root: this.root,
      canvas: canvases[index],
      label: `${dates[index] ?? ""}${this.words.map}`,
      settings: this.settings,
      shapes: this.shapes,
      values: one,
      printer: this.printer,
      view,
      onOpen: (code, from) => this.open(code, from),
      onEmpty: () => this.panel.close(),
    }));
  }

  fitted() {
    this.map.fit(this.map.extent());
    this.map.map.on("moveend", () => this.moved());
    this.remember();
    this.restore(readAddress(location.hash));
    addEventListener("popstate", () => this.restore(readAddress(location.hash)));
  }

  moved() {
    this.remember();
    const { nearShapes } = this.settings;
    if (this.isNear || !nearShapes || this.map.map.getView().getResolution() > this.shapes.resolution / 2) return;
    this.isNear = true;
    load(nearShapes).then((shapes) => this.maps.forEach((map) => map.refine(shapes))).catch(() => (this.isNear = false));
  }

  // From the list or the search: bring the village into view, open it, and say so.
  find(code, from) {
    this.map.zoomTo(code, NEAR_METRES);
    this.said.textContent = `${this.map.nameOf(code)} ${this.words.shown}, ${this.printer.brief(this.map.values.get(code))}`;
    this.open(code, from);
  }

  open(code, from) {
    const name = this.map.nameOf(code);
    if (!name) return;
    this.choose(code);
    this.panel.show(name, code, this.map.values.get(code), from);
  }

  choose(code) {
    const isOther = code !== this.chosen;
    this.chosen = code;
    for (const map of this.maps) map.choose(code);
    this.remember(isOther && code !== null);
  }

  // A village that is opened is a step of its own: the back button closes it.
  remember(isStep = false) {
    const view = this.map.map.getView();
    const place = [...view.getCenter(), view.getResolution()].join();
    // Where the map first rests is not the reader's doing and leaves the address alone.
    this.rest ??= place;
    this.isMoved ||= place !== this.rest;
    if (!this.isMoved && !this.chosen && !this.isWritten) return;
    this.isWritten = true;
    writeAddress({ resolution: view.getResolution(), centre: view.getCenter(), village: this.chosen }, isStep);
  }

  restore(address) {
    if (!address) {
      if (this.chosen) this.panel.close();
      return;
    }
    const view = this.map.map.getView();
    view.setCenter(address.centre);
    view.setResolution(address.resolution);
    if (address.village === this.chosen) return;
    if (address.village) this.open(address.village, this.map.canvas);
    else this.panel.close();
  }
}
