// From runs of whole metres to what the map draws: no projection, no parsing of coordinates.
import Feature from "ol/Feature.js";
import MultiPolygon from "ol/geom/MultiPolygon.js";
import Point from "ol/geom/Point.js";
import Polygon from "ol/geom/Polygon.js";

export function featuresOf(places, kind) {
  return places.map(([code, name, middle, rings]) => {
    const feature = new Feature({ geometry: geometryOf(middle, rings), name, kind });
    feature.setId(code);
    return feature;
  });
}

export function geometryOf(middle, rings) {
  if (!rings.length) return new Point(middle);
  if (rings.length === 1) return new Polygon(rings[0], "XY", [rings[0].length]);
  const ends = [];
  let end = 0;
  for (const ring of rings) {
    end += ring.length;
    ends.push([end]);
  }
  return new MultiPolygon(rings.flat(), "XY", ends);
}
