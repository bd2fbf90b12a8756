// Passkeys: asks the device and brings its answer back. Everything else on the account's pages works without.

const bytes = (text) => Uint8Array.from(
  atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0),
);
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const send = async (address, content) => {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(content),
  });
  if (answer.redirected) window.location.assign(answer.url); // to prove once more who is there
  if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

const create = async (options) => {
  const made = await navigator.credentials.create({ publicKey: {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: known(options.excludeCredentials),
  } });
  return { ...described(made), response: {
    clientDataJSON: text(made.response.clientDataJSON),
    attestationObject: text(made.response.attestationObject),
  } };
};

const get = async (options) => {
  const shown = await navigator.credentials.get({ publicKey: {
    ...options, challenge: bytes(options.challenge), allowCredentials: known(options.allowCredentials),
  } });
  const { clientDataJSON, authenticatorData, signature, userHandle } = shown.response;
  return { ...described(shown), response: {
    clientDataJSON: text(clientDataJSON),
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
  } };
};

const described = (one) => ({ id: one.id, rawId: text(one.rawId), type: one.type, clientExtensionResults: {} });

if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey-part]")) part.hidden = false;
  for (const button of document.querySelectorAll("[data-passkey]")) {
    const failed = button.closest("[data-passkey-part]").querySelector("[data-passkey-failed]");
    button.addEventListener("click", async () => {
      failed.hidden = true;
      button.disabled = true;
      try {
        const asked = await send(button.dataset.options, {});
        const credential = await (button.dataset.passkey === "create" ? create : get)(asked.publicKey);
        const named = document.getElementById(button.dataset.name || "");
        const done = await send(button.dataset.finish, {
          token: asked.token, credential, name: named ? named.value : "", following: button.dataset.next || "",
        });
        window.location.assign(done.next);
      } catch {
        failed.hidden = false;
        button.disabled = false;
      }
    });
  }
}
