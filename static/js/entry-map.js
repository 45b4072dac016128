// The living map of the gap. Until it stands, and wherever it cannot, the page shows a picture.
import { openMap } from "./map-page.js";

const root = document.getElementById("gap-map");
if (root) openMap(root).catch((error) => console.warn("The map could not be drawn", error));
