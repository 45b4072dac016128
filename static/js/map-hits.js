// Which village is under the pointer: found from where villages lie, not from the drawn pixels,
// which are slow to read back.
import { buffer, getCenter } from "ol/extent.js";
import { asCircle, radiusOf } from "./map-styles.js";

const NEAR_PIXELS = 7;
const REACH_PIXELS = 40;

// The smallest of those hit, as small ones are drawn on top; or else the nearest within reach of a finger.
export function villageAt(coordinate, { source, values, resolution, mapWidth }) {
  const around = buffer([...coordinate, ...coordinate], REACH_PIXELS * resolution);
  const near = source.getFeaturesInExtent(around).map((feature) => {
    const radius = radiusOf(values.get(feature.getId())?.dwellings, mapWidth);
    return { feature, radius, distance: distanceTo(feature, coordinate, resolution, radius) };
  });
  const hit = near.filter(({ distance }) => distance <= 0).sort((a, b) => a.radius - b.radius);
  const close = near.filter(({ distance }) => distance <= NEAR_PIXELS).sort((a, b) => a.distance - b.distance);
  return (hit[0] ?? close[0])?.feature ?? null;
}

// The signs that lie over villages, all that are within reach: shops stand side by side.
export function signsAt(coordinate, source, resolution) {
  return source.getFeaturesInExtent(buffer([...coordinate, ...coordinate], NEAR_PIXELS * resolution));
}

// Pixels from the edge of what is drawn; 0 or less inside it.
function distanceTo(feature, coordinate, resolution, radius) {
  const geometry = feature.getGeometry();
  if (!asCircle(geometry, resolution)) {
    if (geometry.intersectsCoordinate(coordinate)) return 0;
    return between(geometry.getClosestPoint(coordinate), coordinate) / resolution;
  }
  return between(getCenter(geometry.getExtent()), coordinate) / resolution - radius;
}

function between([x1, y1], [x2, y2]) {
  return Math.hypot(x1 - x2, y1 - y2);
}
