// The browser's dialogue with a passkey. The server's options stand in the form; what the device
// answers goes into its hidden field "credential", and the form is sent.

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const begin = () => run(form);
  form.querySelector("button").addEventListener("click", begin);
  begin();
}

async function run(form) {
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    const options = JSON.parse(form.dataset.options);
    const answer = form.dataset.passkey === "create" ? await create(options) : await get(options);
    form.elements.namedItem("credential").value = JSON.stringify(answer);
    form.submit();
  } catch {
    // Refused, cancelled, timed out, or no passkey here: the browser has told the person which.
    failed.hidden = false;
  }
}

async function create(options) {
  const credential = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: described(options.excludeCredentials),
    },
  });
  const { attestationObject, clientDataJSON } = credential.response;
  return {
    ...named(credential),
    response: {
      attestationObject: text(attestationObject),
      clientDataJSON: text(clientDataJSON),
      transports: credential.response.getTransports?.() ?? null,
    },
    extensions: JSON.stringify(credential.getClientExtensionResults()),
  };
}

async function get(options) {
  const credential = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: described(options.allowCredentials),
    },
  });
  const { authenticatorData, clientDataJSON, signature, userHandle } = credential.response;
  return {
    ...named(credential),
    response: {
      authenticatorData: text(authenticatorData),
      clientDataJSON: text(clientDataJSON),
      signature: text(signature),
      userHandle: userHandle ? text(userHandle) : null,
    },
  };
}

function named(credential) {
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type };
}

function described(credentials = []) {
  return credentials.map((credential) => ({ ...credential, id: bytes(credential.id) }));
}

function bytes(base64url) {
  const plain = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
