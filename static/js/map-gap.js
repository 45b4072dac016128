// One living map of villages. Two of them can share a view, and then move together.
import ScaleLine from "ol/control/ScaleLine.js";
import Zoom from "ol/control/Zoom.js";
import { extend } from "ol/extent.js";
import { defaults as interactions } from "ol/interaction/defaults.js";
import VectorLayer from "ol/layer/Vector.js";
import VectorImageLayer from "ol/layer/VectorImage.js";
import Feature from "ol/Feature.js";
import Point from "ol/geom/Point.js";
import OlMap from "ol/Map.js";
import VectorSource from "ol/source/Vector.js";
import View from "ol/View.js";
import { Colours } from "./map-colours.js";
import { signsAt, villageAt } from "./map-hits.js";
import { Hover } from "./map-hover.js";
import { made } from "./map-panel.js";
import { registerSweref, SWEREF } from "./map-projection.js";
import { featuresOf, geometryOf } from "./map-shapes.js";
import { Styles } from "./map-styles.js";

// From so many villages on, moving the map moves a picture of them, larger than the frame.
const MANY = 1000;
const PICTURE_RATIO = 1.6;

registerSweref();

export function sharedView() {
  return new View({ projection: SWEREF, minResolution: 1, enableRotation: false });
}

export class GapMap {
  // `values` are the figures by village code; `onOpen` hears of the village that is chosen.
  constructor({ root, canvas, label, settings, shapes, values, printer, view, onOpen, onEmpty }) {
    Object.assign(this, { root, canvas, settings, values, printer, onOpen, onEmpty, chosen: null, mark: settings.mark ?? null });
    this.words = settings.words;
    this.villages = new VectorSource({ features: featuresOf(shapes.villages, "village") });
    this.ground = new VectorSource({ features: featuresOf(shapes.municipalities, "municipality") });
    this.served = new VectorSource();
    this.signs = new VectorSource();
    this.canvas.hidden = false;
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "region");
    this.canvas.setAttribute("aria-label", label);
    this.map = this.made(view);
    this.hover = new Hover(this.canvas);
    this.listen();
  }

  made(view) {
    this.restyle();
    const style = (feature, resolution) => this.styleOf(feature, resolution);
    const isMany = this.villages.getFeatures().length > MANY;
    this.villageLayer = isMany
      ? new VectorImageLayer({ source: this.villages, style, imageRatio: PICTURE_RATIO })
      : new VectorLayer({ source: this.villages, style });
    this.groundLayer = new VectorLayer({ source: this.ground, style: (feature) => this.styles.municipality(feature), declutter: true });
    this.signLayer = new VectorLayer({ source: this.signs, style: (feature) => this.styles.sign(feature.get("kind")) });
    this.servedLayer = new VectorLayer({ source: this.served, style: () => this.styles.served() });
    const { zoomIn, zoomOut } = this.words;
    return new OlMap({
      target: this.canvas,
      layers: [this.groundLayer, this.servedLayer, this.villageLayer, this.signLayer],
      controls: [new Zoom({ zoomInTipLabel: zoomIn, zoomOutTipLabel: zoomOut }), new ScaleLine({ minWidth: 80 })],
      // Wheel and drag move the page until the reader has turned to the map.
      interactions: interactions({ onFocusOnly: true, altShiftDragRotate: false, pinchRotate: false }),
      view,
    });
  }

  restyle() {
    this.styles = new Styles(new Colours(this.root), {
      limits: this.settings.mode === "change" ? this.settings.changeLimits : this.settings.limits,
      isChange: this.settings.mode === "change",
      mapWidth: this.canvas.clientWidth,
    });
  }

  redraw() {
    this.restyle();
    this.groundLayer.changed();
    this.villageLayer.changed();
    this.signLayer.changed();
  }

  show(values) {
    this.values = values;
    this.villageLayer.changed();
  }

  setMark(mark) {
    this.mark = mark;
    this.villageLayer.changed();
  }

  styleOf(feature, resolution) {
    const code = feature.getId();
    return this.styles.village(feature, this.values.get(code), resolution, code === this.chosen, this.mark);
  }

  // Outlines seen from near take the place of those seen from afar.
  refine(shapes) {
    for (const [code, , middle, rings] of shapes.villages) {
      this.villages.getFeatureById(code)?.setGeometry(geometryOf(middle, rings));
    }
  }

  serve(areas) {
    this.served.clear();
    this.served.addFeatures(featuresOf(areas.map(([id, name, rings]) => [String(id), name, [0, 0], rings]), "served"));
  }

  // Service points and strategic nodes; nodes come last and lie on top.
  setSigns(marks) {
    this.signs.clear();
    this.signs.addFeatures(marks.map(([kind, text, middle]) => new Feature({ geometry: new Point(middle), name: text, kind })));
  }

  setLayers(layers) {
    this.groundLayer.setVisible(layers.includes("municipalities"));
    this.servedLayer.setVisible(layers.includes("associations"));
  }

  extent() {
    // Of one municipality the others are only its surroundings; islands lie outside its outline.
    const own = this.ground.getFeatureById(this.settings.area);
    if (own && !this.villages.isEmpty()) return extend(own.getGeometry().getExtent().slice(), this.villages.getExtent());
    return (this.ground.isEmpty() ? this.villages : this.ground).getExtent();
  }

  listen() {
    const whole = made("button", "", { type: "button", title: this.words.whole, className: "gap-map__whole" });
    whole.setAttribute("aria-label", this.words.whole);
    whole.addEventListener("click", () => this.fit(this.extent(), this.duration()));
    this.canvas.querySelector(".ol-zoom").append(whole);
    this.map.on("click", (event) => {
      if (this.tell(event)) return;
      const feature = this.at(event.pixel);
      if (feature) this.onOpen(feature.getId(), this.canvas);
      else this.onEmpty();
    });
    this.map.on("pointermove", (event) => this.point(event));
    this.canvas.addEventListener("pointerleave", () => this.hover.hide());
    this.canvas.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.onEmpty();
    });
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

  // What a sign stands for, beside the pointer or the finger.
  tell(event) {
    const found = signsAt(this.map.getCoordinateFromPixel(event.pixel), this.signs, this.map.getView().getResolution());
    if (found.length) this.hover.show(found.map((sign) => sign.get("name")).join("; "), event.pixel);
    return found.length > 0;
  }

  point(event) {
    if (!event.dragging && event.originalEvent.pointerType !== "touch" && this.tell(event)) return;
    const feature = event.dragging || event.originalEvent.pointerType === "touch" ? null : this.at(event.pixel);
    this.canvas.classList.toggle("gap-map__canvas--pointing", Boolean(feature));
    if (!feature) {
      this.hover.hide();
      return;
    }
    this.hover.show(`${feature.get("name")}: ${this.printer.brief(this.values.get(feature.getId()))}`, event.pixel);
  }

  listed() {
    return this.villages.getFeatures().map((feature) => ({
      code: feature.getId(),
      name: feature.get("name"),
      brief: this.printer.brief(this.values.get(feature.getId())),
    }));
  }

  nameOf(code) {
    return this.villages.getFeatureById(code)?.get("name");
  }

  zoomTo(code, metres) {
    const [west, south, east, north] = this.villages.getFeatureById(code).getGeometry().getExtent();
    this.fit([west - metres, south - metres, east + metres, north + metres], this.duration());
  }

  choose(code) {
    this.chosen = code;
    this.villageLayer.changed();
  }

  fit(extent, duration = 0) {
    this.map.getView().fit(extent, { padding: [24, 24, 36, 24], duration });
  }

  duration() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 350;
  }
}

// The map takes its size and its colours from the style sheets, so it waits for them.
export async function styled() {
  const sheets = [...document.querySelectorAll("link[rel='stylesheet']")].filter((link) => !link.sheet);
  await Promise.all(sheets.map((link) => new Promise((done) => {
    link.addEventListener("load", done, { once: true });
    link.addEventListener("error", done, { once: true });
  })));
}
