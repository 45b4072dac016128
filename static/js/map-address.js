// Where the map stands and which village is open, kept after the # of the address.

const PATTERN = /^map=([\d.]+)\/(\d+)\/(\d+)(?:&village=([^&]+))?$/;

export function readAddress(hash) {
  const found = PATTERN.exec(hash.replace(/^#/, ""));
  if (!found) return null;
  const [, resolution, north, east, village] = found;
  return {
    resolution: Number(resolution),
    centre: [Number(east), Number(north)],
    village: village ? decodeURIComponent(village) : null,
  };
}

export function writeAddress({ resolution, centre, village }) {
  const [east, north] = centre.map(Math.round);
  const place = `map=${Number(resolution.toPrecision(4))}/${north}/${east}`;
  history.replaceState(history.state, "", `#${place}${village ? `&village=${encodeURIComponent(village)}` : ""}`);
}
