// How a page speaks to the service worker, where there is one.

export async function register(address) {
  if (!("serviceWorker" in navigator)) return null;
  try {
    return await navigator.serviceWorker.register(address);
  } catch {
    return null; // a browser that forbids it does without
  }
}

/* What the worker answers, or null where none is at work yet; throws when it could not do it. */
export async function ask(question) {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return null;
  const { port1, port2 } = new MessageChannel();
  const answered = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  worker.postMessage(question, [port2]);
  const { answer, failed } = await answered;
  if (failed) throw new Error(failed);
  return { answer };
}
