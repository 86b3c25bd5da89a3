// The service worker: who is asked what.

addEventListener("install", (event) => event.waitUntil(fillShell().then(() => skipWaiting())));

addEventListener("activate", (event) => {
  const begin = async () => {
    await dropOldShells();
    await registration.navigationPreload?.enable();
    await clients.claim();
  };
  event.waitUntil(begin());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate" && request.method === "POST" && url.pathname === HOUSE.leave) {
    event.waitUntil(forgetReader());
  } else if (request.mode === "navigate" && request.method === "POST" && url.searchParams.has("once")) {
    event.respondWith(leave(request, url.searchParams.get("once")));
  } else if (request.mode === "navigate" && request.method === "POST" && url.pathname === HOUSE.share) {
    event.respondWith(share(request));
  } else if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(page(event));
  } else if (request.method === "GET" && url.pathname.startsWith("/static/")) {
    event.respondWith(file(request, url));
  }
});

async function page(event) {
  const { request } = event;
  let answer;
  try {
    answer = (await event.preloadResponse) ?? (await fetch(request));
  } catch {
    return (await keptPage(request.url)) ?? (await withoutLine());
  }
  if (answer.type === "basic") event.waitUntil(keepPage(request.url, answer.clone()).catch(() => {}));
  return answer;
}

addEventListener("push", (event) => {
  const message = event.data.json();
  event.waitUntil(show(message).then(() => closeRead(message.tag).catch(() => {}))); // without a line it is asked later
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(visit(event.notification.data.address));
});

addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event.oldSubscription)));

addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(sendWords());
});

const ASKED = {
  words: ofReader,
  keep: ({ entry }) => keepWords(entry),
  send: sendWords,
  claim: ({ id }) => claim(id),
  again: ({ id }) => tryAgain(id),
  discard: ({ id }) => remove("outbox", id),
  token: async () => (await line()).token,
  tidy: () => Promise.all([tidyShelf(), closeRead()]),
  told: () => closeRead(),
};

addEventListener("message", (event) => {
  const act = ASKED[event.data?.ask];
  if (!act) return;
  const answer = async () => {
    try {
      event.ports[0]?.postMessage({ answer: await act(event.data) });
    } catch (error) {
      event.ports[0]?.postMessage({ failed: String(error) });
    }
  };
  event.waitUntil(answer());
});
