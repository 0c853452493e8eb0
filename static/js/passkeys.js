"use strict";
{
  // Forms of passkeys: the browser's answer goes into `credential`, and the form is sent.
  const keys = window.PublicKeyCredential;
  const able = Boolean(keys?.parseCreationOptionsFromJSON && keys.parseRequestOptionsFromJSON);

  const optionsOf = async (form) => {
    if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).request_options;
  };

  const asked = async (form) => {
    const { publicKey } = await optionsOf(form);
    if (form.dataset.passkey === "get") {
      return navigator.credentials.get({ publicKey: keys.parseRequestOptionsFromJSON(publicKey) });
    }
    if (form.elements.passwordless?.checked) {
      Object.assign(publicKey.authenticatorSelection, {
        residentKey: "required", requireResidentKey: true, userVerification: "required",
      });
    }
    return navigator.credentials.create({ publicKey: keys.parseCreationOptionsFromJSON(publicKey) });
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const button = form.querySelector("button");
    const trouble = form.querySelector("[role=alert]");
    if (!able) {
      trouble.textContent = form.dataset.unable;
      continue;
    }
    button.disabled = false;
    const ask = async (event) => {
      event.preventDefault();
      trouble.textContent = "";
      try {
        form.elements.credential.value = JSON.stringify(await asked(form));
        form.submit();
      } catch {
        trouble.textContent = form.dataset.failed; // refused, timed out, or a key that is known already
      }
    };
    button.addEventListener("click", ask);
    form.addEventListener("submit", ask); // Enter in the field of the name
  }
}
