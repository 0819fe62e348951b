/* Passkeys. `<form data-passkey="create|get">` asks the device before it is sent and puts its answer into the field
   `credential`. The question stands in the page (#passkey-data) or is fetched from `data-passkey-options`.
   Forms that mean nothing without a passkey are hidden in the page and shown here, where the browser can do it. */
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const described = (keys) => keys?.map((key) => ({ ...key, id: bytes(key.id) }));

/* The server's question as browsers take it: binary where JSON has base64url (older than parseCreationOptionsFromJSON). */
const question = ({ publicKey }) => ({
  ...publicKey,
  challenge: bytes(publicKey.challenge),
  ...(publicKey.user && { user: { ...publicKey.user, id: bytes(publicKey.user.id) } }),
  ...(publicKey.excludeCredentials && { excludeCredentials: described(publicKey.excludeCredentials) }),
  ...(publicKey.allowCredentials && { allowCredentials: described(publicKey.allowCredentials) }),
});

const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

const answer = (credential) => ({
  id: credential.id,
  rawId: text(credential.rawId),
  type: credential.type,
  authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
  clientExtensionResults: credential.getClientExtensionResults(),
  response: {
    ...Object.fromEntries(
      PARTS.filter((part) => credential.response[part]).map((part) => [part, text(credential.response[part])]),
    ),
    ...(credential.response.getTransports && { transports: credential.response.getTransports() }),
  },
});

const asked = async (form) => {
  const data = document.getElementById("passkey-data");
  if (data) return JSON.parse(data.textContent);
  const response = await fetch(form.dataset.passkeyOptions, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`options: ${response.status}`);
  return response.json();
};

const ask = async (form) => {
  const options = await asked(form);
  if (form.dataset.passkey === "get") return navigator.credentials.get({ publicKey: question(options.request_options) });
  const publicKey = question(options.creation_options);
  const alone = form.elements.passwordless?.checked ?? false;
  publicKey.authenticatorSelection = {
    ...publicKey.authenticatorSelection,
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: alone,
    ...(alone && { userVerification: "required" }),
  };
  return navigator.credentials.create({ publicKey });
};

const send = async (event) => {
  const form = event.target;
  event.preventDefault();
  const failure = form.querySelector("[data-passkey-failure]");
  failure.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify(answer(await ask(form)));
    form.submit();
  } catch (error) {
    console.info(error);
    failure.hidden = false;
  }
};

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", send);
  }
}
