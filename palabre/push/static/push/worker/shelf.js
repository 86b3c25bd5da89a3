// The pages somebody opened last, kept for when there is no line: those the house says may be kept (`Palabre-Keep`), of
// one reader (`Palabre-Reader`). As soon as somebody else reads, or nobody, they are gone.

const SHELF = "kept";
const MOST = 30;
const FOR = 14 * 24 * 60 * 60 * 1000;

const plain = (address) => {
  const url = new URL(address);
  url.search = url.hash = "";
  return url.href;
};

const label = (response) => JSON.parse(decodeURIComponent(response.headers.get("Palabre-Keep")));

async function nowReads(reader) {
  if (reader === (await read("values", "reader"))) return;
  await caches.delete(SHELF);
  await write("values", reader, "reader");
}

async function keepPage(address, response) {
  const reader = response.headers.get("Palabre-Reader");
  if (reader === null) return;
  await nowReads(reader);
  const shelf = await caches.open(SHELF);
  if (response.headers.has("Palabre-Keep")) {
    await shelf.delete(plain(address), { ignoreVary: true });
    await shelf.put(plain(address), response);
    for (const old of (await shelf.keys()).slice(0, -MOST)) await shelf.delete(old, { ignoreVary: true });
  } else if (response.status === 404 || response.status === 403) {
    await shelf.delete(plain(address), { ignoreVary: true });
  }
}

async function keptPage(address) {
  const shelf = await caches.open(SHELF);
  return shelf.match(plain(address), { ignoreVary: true });
}

/* What may no longer be read, or is old, goes. Asked when a page is opened with a line. */
async function tidyShelf() {
  const shelf = await caches.open(SHELF);
  const pages = await Promise.all(
    (await shelf.keys()).map(async (key) => ({ key, ...label(await shelf.match(key, { ignoreVary: true })) })),
  );
  if (!pages.length) return;
  const { reader, readable } = await line({ kept: pages.map((page) => page.item) });
  if (reader !== (await read("values", "reader"))) return void (await caches.delete(SHELF));
  for (const { key, item, at } of pages) {
    if (!readable.includes(item) || Date.now() - Date.parse(at) > FOR) await shelf.delete(key, { ignoreVary: true });
  }
}

async function forgetReader() {
  await caches.delete(SHELF);
  await dropUnclaimed(0);
  await write("values", "-", "reader");
  await navigator.clearAppBadge?.();
  for (const shown of await registration.getNotifications()) shown.close();
  const subscription = await registration.pushManager?.getSubscription();
  await subscription?.unsubscribe();
}
