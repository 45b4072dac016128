// The receipt: what it is for needs no copy on the device any more.
import { forget, kept } from "./report-copy.js";

const { place, number } = document.querySelector("[data-receipt]").dataset;
// A copy made on this version or a later one is of another report, and not acknowledged.
if (kept(place)?.base_number < Number(number)) forget(place);
