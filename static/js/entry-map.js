// The living map of the gap. Until it stands, and wherever it cannot, the page shows a picture.
import ScaleLine from "ol/control/ScaleLine.js";
import Zoom from "ol/control/Zoom.js";
import GeoJSON from "ol/format/GeoJSON.js";
import { defaults as interactions } from "ol/interaction/defaults.js";
import VectorLayer from "ol/layer/Vector.js";
import OlMap from "ol/Map.js";
import VectorSource from "ol/source/Vector.js";
import View from "ol/View.js";
import { load } from "./http.js";
import { readAddress, writeAddress } from "./map-address.js";
import { Colours } from "./map-colours.js";
import { villageAt } from "./map-hits.js";
import { Hover } from "./map-hover.js";
import { offerList } from "./map-list.js";
import { made, Panel } from "./map-panel.js";
import { registerSweref, SWEREF } from "./map-projection.js";
import { Styles } from "./map-styles.js";
import { Printer, villagesByCode } from "./map-values.js";

const NEAR_METRES = 8000;

const root = document.getElementById("gap-map");
if (root) start(root).catch((error) => console.warn("The map could not be drawn", error));

async function start(root) {
  const settings = JSON.parse(document.getElementById("gap-map-settings").textContent);
  const [shapes, values] = await Promise.all([load(settings.shapes), load(settings.values), styled()]);
  registerSweref();
  const features = new GeoJSON().readFeatures(shapes, { dataProjection: "EPSG:4326", featureProjection: SWEREF });
  if (features.length) new GapMap(root, settings, features, villagesByCode(values)).show();
}

// The map takes its size and its colours from the style sheets, so it waits for them.
async function styled() {
  const sheets = [...document.querySelectorAll("link[rel='stylesheet']")].filter((link) => !link.sheet);
  await Promise.all(sheets.map((link) => new Promise((done) => {
    link.addEventListener("load", done, { once: true });
    link.addEventListener("error", done, { once: true });
  })));
}

class GapMap {
  constructor(root, settings, features, values) {
    Object.assign(this, { root, settings, values, chosen: null });
    this.words = settings.words;
    this.printer = new Printer(settings.language, this.words);
    this.canvas = root.querySelector("#gap-map-canvas");
    this.said = root.querySelector("#gap-map-said");
    this.villages = new VectorSource({ features: features.filter((one) => one.get("kind") === "village") });
    this.ground = new VectorSource({ features: features.filter((one) => one.get("kind") === "municipality") });
    this.panel = new Panel(root.querySelector("#gap-map-panel"), {
      words: this.words,
      printer: this.printer,
      address: settings.village,
      onClose: () => this.choose(null),
    });
  }

  show() {
    this.canvas.hidden = false;
    this.root.dataset.state = "live";
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "region");
    this.canvas.setAttribute("aria-label", this.words.map);
    this.map = this.made();
    this.hover = new Hover(this.canvas);
    this.whole = this.extent();
    this.listen();
    this.fit(this.whole);
    this.remember();
    this.list();
    this.restore(readAddress(location.hash));
    this.map.once("rendercomplete", () => (this.root.dataset.drawn = "true"));
  }

  made() {
    this.restyle();
    this.villageLayer = new VectorLayer({ source: this.villages, style: (feature, resolution) => this.styleOf(feature, resolution) });
    this.groundLayer = new VectorLayer({ source: this.ground, style: (feature) => this.styles.municipality(feature), declutter: true });
    const { zoomIn, zoomOut } = this.words;
    return new OlMap({
      target: this.canvas,
      layers: [this.groundLayer, this.villageLayer],
      controls: [new Zoom({ zoomInTipLabel: zoomIn, zoomOutTipLabel: zoomOut }), new ScaleLine({ minWidth: 80 })],
      // Wheel and drag move the page until the reader has turned to the map.
      interactions: interactions({ onFocusOnly: true, altShiftDragRotate: false, pinchRotate: false }),
      view: new View({ projection: SWEREF, minResolution: 1, enableRotation: false }),
    });
  }

  restyle() {
    this.styles = new Styles(new Colours(this.root), { limits: this.settings.limits, mapWidth: this.canvas.clientWidth });
  }

  redraw() {
    this.restyle();
    this.groundLayer.changed();
    this.villageLayer.changed();
  }

  styleOf(feature, resolution) {
    const code = feature.getId();
    return this.styles.village(feature, this.values.get(code), resolution, code === this.chosen);
  }

  extent() {
    const source = this.ground.isEmpty() ? this.villages : this.ground;
    return source.getExtent();
  }

  listen() {
    const whole = made("button", "", { type: "button", title: this.words.whole, className: "gap-map__whole" });
    whole.setAttribute("aria-label", this.words.whole);
    whole.addEventListener("click", () => this.fit(this.whole, this.duration()));
    this.canvas.querySelector(".ol-zoom").append(whole);
    this.map.on("click", (event) => {
      const feature = this.at(event.pixel);
      if (feature) this.open(feature.getId(), this.canvas);
      else this.panel.close();
    });
    this.map.on("pointermove", (event) => this.point(event));
    this.canvas.addEventListener("pointerleave", () => this.hover.hide());
    this.canvas.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.panel.close();
    });
    this.map.on("moveend", () => this.remember());
    this.map.on("change:size", () => this.redraw());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.redraw());
  }

  at(pixel) {
    return villageAt(this.map.getCoordinateFromPixel(pixel), {
      source: this.villages,
      values: this.values,
      resolution: this.map.getView().getResolution(),
      mapWidth: this.canvas.clientWidth,
    });
  }

  point(event) {
    const feature = event.dragging || event.originalEvent.pointerType === "touch" ? null : this.at(event.pixel);
    this.canvas.classList.toggle("gap-map__canvas--pointing", Boolean(feature));
    if (!feature) {
      this.hover.hide();
      return;
    }
    this.hover.show(`${feature.get("name")}: ${this.printer.brief(this.values.get(feature.getId()))}`, event.pixel);
  }

  list() {
    const villages = () =>
      this.villages.getFeatures().map((feature) => ({
        code: feature.getId(),
        name: feature.get("name"),
        brief: this.printer.brief(this.values.get(feature.getId())),
      }));
    offerList(this.root.querySelector("#gap-map-list"), villages, (code, button) => this.find(code, button));
  }

  // From the list: bring the village into view, open it, and say so.
  find(code, from) {
    const feature = this.villages.getFeatureById(code);
    const [west, south, east, north] = feature.getGeometry().getExtent();
    this.fit([west - NEAR_METRES, south - NEAR_METRES, east + NEAR_METRES, north + NEAR_METRES], this.duration());
    this.said.textContent = `${feature.get("name")} ${this.words.shown}, ${this.printer.brief(this.values.get(code))}`;
    this.open(code, from);
  }

  open(code, from) {
    const feature = this.villages.getFeatureById(code);
    const value = this.values.get(code);
    if (!feature || !value) return;
    this.choose(code);
    this.panel.show(feature.get("name"), code, value, from);
  }

  choose(code) {
    this.chosen = code;
    this.villageLayer.changed();
    this.remember();
  }

  fit(extent, duration = 0) {
    this.map.getView().fit(extent, { padding: [24, 24, 36, 24], duration });
  }

  duration() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 350;
  }

  remember() {
    const view = this.map.getView();
    const place = [...view.getCenter(), view.getResolution()].join();
    // Where the map first rests is not the reader's doing and leaves the address alone.
    this.rest ??= place;
    this.isMoved ||= place !== this.rest;
    if (!this.isMoved && !this.chosen) return;
    writeAddress({ resolution: view.getResolution(), centre: view.getCenter(), village: this.chosen });
  }

  restore(address) {
    if (!address) return;
    const view = this.map.getView();
    view.setCenter(address.centre);
    view.setResolution(address.resolution);
    if (address.village) this.open(address.village, this.canvas);
  }
}
