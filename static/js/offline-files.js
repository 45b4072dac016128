// Records as a file of the person's own, and back into the queue. A file read twice is sent once,
// since the records keep their keys.

const FORMAT = "outreach-sessions-1";
const WRITTEN = ["key", "owner", "session", "base_version", "base", "fields", "labels"];
const KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function saveAs(records) {
  const text = JSON.stringify({ format: FORMAT, records: records.map(kept) }, null, 2);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `outreach-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// Throws for a file that isn't one of ours.
export function read(text) {
  const { format, records } = JSON.parse(text);
  if (format !== FORMAT || !records.length || !records.every(isRecord)) throw new TypeError("not a file of sessions");
  return records.map((one) => ({ ...kept(one), labels: one.labels ?? {} }));
}

function kept(record) {
  return Object.fromEntries(WRITTEN.map((name) => [name, record[name] ?? null]));
}

function isRecord({ key, fields }) {
  const isTexts = (values) => Array.isArray(values) && values.every((value) => typeof value === "string");
  return KEY.test(key) && typeof fields === "object" && fields !== null && Object.values(fields).every(isTexts);
}
