// SWEREF 99 TM (EPSG:3006) for OpenLayers, without a projection library: it is UTM zone 33 on an
// ellipsoid that is the same to within a millimetre, and OpenLayers knows UTM.
import Projection from "ol/proj/Projection.js";
import { addCoordinateTransforms, addProjection, transform } from "ol/proj.js";

export const SWEREF = "EPSG:3006";
const UTM = "EPSG:32633";
const EXTENT = [181_896, 6_090_353, 1_085_367, 7_689_478];

export function registerSweref() {
  addProjection(
    new Projection({ code: SWEREF, units: "m", axisOrientation: "neu", extent: EXTENT, worldExtent: [10.03, 54.96, 24.17, 69.07] }),
  );
  for (const other of ["EPSG:4326", "EPSG:3857", "CRS:84"]) {
    addCoordinateTransforms(
      other,
      SWEREF,
      (coordinate) => transform(coordinate, other, UTM),
      (coordinate) => transform(coordinate, UTM, other),
    );
  }
}
