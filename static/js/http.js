// Requests to our own server from scripts: same origin, with the token that forms carry.

export class RequestFailed extends Error {
  constructor(status, body) {
    super(`The server answered ${status}`);
    this.status = status;
    this.body = body;
  }
}

// Sends `data` as JSON and gives the answer's JSON. Throws RequestFailed for an answer of 400 or
// above, and TypeError, as fetch does, when there is no answer at all.
export async function send(address, data, { method = "POST", headers = {}, signal } = {}) {
  return answer(
    await fetch(address, {
      method,
      signal,
      credentials: "same-origin",
      headers: { ...headers, Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify(data),
    }),
  );
}

export async function load(address, { signal } = {}) {
  return answer(await fetch(address, { signal, credentials: "same-origin", headers: { Accept: "application/json" } }));
}

async function answer(response) {
  const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
  const body = isJson ? await response.json() : null;
  if (!response.ok) throw new RequestFailed(response.status, body);
  return body;
}

function token() {
  return document.querySelector("input[name='csrf_token'], meta[name='csrf-token']")?.getAttribute("value") ?? "";
}
