import { register } from "service-worker";

/** <push-device>: whether this browser is told, and the way to change it. */
class PushDevice extends HTMLElement {
  async connectedCallback() {
    this.stop = new AbortController();
    this.addEventListener("click", (event) => {
      const act = event.target.closest("[data-act]")?.dataset.act;
      if (act) this[act]().catch(() => this.show("failed"));
    });
    await this.look();
    // Who allows them in the settings of the browser need not load the page again.
    this.allowed = await navigator.permissions?.query({ name: "notifications" }).catch(() => null);
    this.allowed?.addEventListener("change", () => this.look(), this.stop);
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  show(state) {
    for (const note of this.querySelectorAll("[data-state]")) note.hidden = note.dataset.state !== state;
  }

  async look() {
    if (!isSecureContext) return this.show("bare");
    if (!("PushManager" in window) || !("serviceWorker" in navigator) || !("Notification" in window)) return this.show("unsupported");
    if (Notification.permission === "denied") return this.show("denied");
    this.worker = await register(this.getAttribute("worker"));
    if (!this.worker) return this.show("unsupported");
    const subscription = await this.worker.pushManager.getSubscription();
    return this.show(subscription && this.dataset.known && this.isOurs(subscription) ? "on" : "off");
  }

  isOurs({ options }) {
    const bytes = String.fromCharCode(...new Uint8Array(options.applicationServerKey ?? []));
    return btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "") === this.getAttribute("key");
  }

  async subscribe() {
    if ((await Notification.requestPermission()) !== "granted") return this.look();
    const worker = await navigator.serviceWorker.ready;
    const former = await worker.pushManager.getSubscription();
    if (former && !this.isOurs(former)) await former.unsubscribe();
    const applicationServerKey = this.getAttribute("key");
    const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
    const { endpoint, keys } = subscription.toJSON();
    const body = new FormData(this.querySelector("form"));
    for (const [name, value] of Object.entries({ endpoint, ...keys })) body.append(name, value);
    if (former && former.endpoint !== endpoint) body.append("former", former.endpoint);
    const answer = await fetch(this.getAttribute("address"), { method: "POST", body });
    if (!answer.ok) throw new Error(answer.statusText);
    location.reload();
  }

  async unsubscribe() {
    const subscription = await this.worker.pushManager.getSubscription();
    await subscription?.unsubscribe();
    for (const form of document.querySelectorAll("[data-this-device]")) return form.requestSubmit();
  }
}

customElements.define("push-device", PushDevice);
