// How villages and municipalities are drawn: colour by class, pattern and rim by state.
import { getCenter, getWidth } from "ol/extent.js";
import Point from "ol/geom/Point.js";
import CircleStyle from "ol/style/Circle.js";
import RegularShape from "ol/style/RegularShape.js";
import Fill from "ol/style/Fill.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import Text from "ol/style/Text.js";

const SMALLEST = 4.5;
const LARGEST = 24;
const DWELLINGS_OF_LARGEST = 12_000;
const SMALLEST_POLYGON = 9;
const DRAWN_FOR = 760;
// Of a pixel of radius.
const STEPS = 2;

// A circle's area is as the dwellings, within limits of legibility; smaller on a narrow map.
export function radiusOf(dwellings, mapWidth) {
  const factor = Math.min(1, Math.max(0.6, mapWidth / DRAWN_FOR));
  const radius = LARGEST * Math.sqrt((dwellings ?? 0) / DWELLINGS_OF_LARGEST);
  return Math.min(Math.max(radius, SMALLEST), LARGEST) * factor;
}

// Where only a point is known, or the area would be too small to see.
export function asCircle(geometry, resolution) {
  return geometry.getType() === "Point" || getWidth(geometry.getExtent()) / resolution < SMALLEST_POLYGON;
}

export function classOf(share, limits) {
  return limits.filter((limit) => share >= limit).length;
}

export class Styles {
  constructor(colours, { limits, mapWidth, isChange = false }) {
    this.colours = colours;
    this.limits = limits;
    this.isChange = isChange;
    this.mapWidth = mapWidth;
    this.made = new Map();
  }

  municipality(feature) {
    const { land, line, soft, font } = this.colours;
    return new Style({
      fill: new Fill({ color: land }),
      stroke: new Stroke({ color: line, width: 0.8 }),
      text: new Text({
        text: feature.get("name"),
        font: `13px ${font}`,
        fill: new Fill({ color: soft }),
        stroke: new Stroke({ color: land, width: 3 }),
      }),
    });
  }

  served() {
    return new Style({ stroke: new Stroke({ color: this.colours.rural, width: 1.6, lineDash: [6, 4] }) });
  }

  // Told apart by shape, and by being filled or not: a square, a star, a filled star.
  sign(kind) {
    const { ink, paper } = this.colours;
    const [fill, rim] = kind === "node" ? [paper, ink] : [ink, paper];
    const size = this.mapWidth < DRAWN_FOR / 1.5 ? 0.75 : 1;
    const shape = kind === "service" ? { points: 4, radius: 6 * size, angle: Math.PI / 4 } : { points: 5, radius: 10 * size, radius2: 4.4 * size };
    const image = () => new RegularShape({ ...shape, fill: new Fill({ color: fill }), stroke: new Stroke({ color: rim, width: 1.5 }) });
    if (!this.made.has(kind)) this.made.set(kind, new Style({ image: image() }));
    return this.made.get(kind);
  }

  isMarked(value, mark) {
    if (!mark) return true;
    if (!mark.startsWith("class-")) return (value?.state ?? "not_shown") === mark;
    if (value?.share === null || value?.share === undefined) return false;
    return `class-${classOf(value.share, this.limits) + 1}` === mark;
  }

  village(feature, value, resolution, isChosen, mark = null) {
    const look = this.isMarked(value, mark) ? this.look(value) : this.faded();
    const radius = asCircle(feature.getGeometry(), resolution) ? Math.round(radiusOf(value?.dwellings, this.mapWidth) * STEPS) / STEPS : null;
    // Thousands of villages share some hundred styles: a circle is drawn once and then copied.
    if (!look.drawn.has(radius)) look.drawn.set(radius, styleOf(look, radius));
    const style = look.drawn.get(radius);
    return isChosen ? [...this.rims(radius), style] : style;
  }

  rims(radius) {
    const { paper, chosen } = this.colours;
    return [[paper, 9], [chosen, 6]].map(([color, width]) => styleOf({ fill: null, stroke: new Stroke({ color, width }) }, radius));
  }

  faded() {
    if (!this.made.has("faded")) {
      const { line } = this.colours;
      this.made.set("faded", lookOf("rgba(0, 0, 0, 0.001)", { color: line, width: 0.5 }));
    }
    return this.made.get("faded");
  }

  look(value) {
    const state = value?.state ?? "not_shown";
    const index = value?.share === null || value?.share === undefined ? null : classOf(value.share, this.limits);
    const name = `${state}/${index}`;
    if (!this.made.has(name)) this.made.set(name, this.make(state, index));
    return this.made.get(name);
  }

  make(state, index) {
    const { ink, line, paper } = this.colours;
    const classes = this.isChange ? this.colours.changes : this.colours.classes;
    const drawn = {
      reported: () => [classes[index ?? 0], { color: ink, width: 0.9 }],
      zero: () => [paper, { color: ink, width: 2.4 }],
      overdue: () => [this.colours.striped(index ?? 0, this.isChange), { color: ink, width: 0.9 }],
      not_expected: () => ["rgba(0, 0, 0, 0.001)", { color: line, width: 1.3, lineDash: [2, 3] }],
      undefined: () => [this.colours.lined(), { color: ink, width: 0.9 }],
      not_shown: () => [this.colours.crossed(), { color: line, width: 0.8 }],
    };
    return lookOf(...drawn[state]());
  }
}

// What villages of one state and class have in common, and the styles made of it so far, by radius.
function lookOf(fill, stroke) {
  return { fill: new Fill({ color: fill }), stroke: new Stroke(stroke), drawn: new Map() };
}

function styleOf({ fill, stroke }, radius) {
  if (radius === null) return new Style({ fill, stroke });
  return new Style({ geometry: middleOf, image: new CircleStyle({ radius, fill, stroke }), zIndex: 1000 - radius });
}

function middleOf(feature) {
  const geometry = feature.getGeometry();
  return geometry.getType() === "Point" ? geometry : new Point(getCenter(geometry.getExtent()));
}
