/**
 * <passkey-button>: asks the browser for a passkey and sends the form of its button with the answer.
 *
 * What is asked comes from the address in `from` (fetched at the moment of use, so that a page kept open for an
 * hour still works) or from the JSON element named in `with`. The button stays hidden where there are no passkeys.
 */
class PasskeyButton extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;
    this.querySelector("[data-without]")?.remove();
    button.hidden = false;
    button.addEventListener("click", () => this.ask(button));
  }

  async ask(button) {
    button.disabled = true;
    this.tell("");
    try {
      const asked = await this.asked();
      const credential = await (asked.creation_options ? this.create(asked.creation_options, button.form) : this.get(asked.request_options));
      button.form.elements.credential.value = JSON.stringify(credential.toJSON());
      button.form.submit();
    } catch (error) {
      // Cancelled, or no key at hand: the person knows, is still on the page and may choose another way.
      const cancelled = ["NotAllowedError", "AbortError"].includes(error.name);
      this.tell(cancelled ? "" : error.name === "InvalidStateError" ? "known" : "other");
      button.disabled = false;
      button.focus();
    }
  }

  tell(failure) {
    for (const sentence of this.querySelectorAll("[data-failed]")) sentence.hidden = sentence.dataset.failed !== failure;
  }

  async asked() {
    if (!this.hasAttribute("from")) return JSON.parse(document.getElementById(this.getAttribute("with")).textContent);
    const answer = await fetch(this.getAttribute("from"), { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  }

  get({ publicKey }) {
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
  }

  create({ publicKey }, form) {
    // A key that signs in alone must carry the account's name and check its holder; a second factor need not.
    if (form.elements.passwordless?.checked) {
      Object.assign(publicKey.authenticatorSelection, { residentKey: "required", requireResidentKey: true, userVerification: "required" });
    }
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
  }
}

customElements.define("passkey-button", PasskeyButton);
