// A message of the house becomes a notification. One thing has one, which what is newer takes over; the same message
// that comes twice makes no second noise.

const REMEMBERED = 200;
const SOON = 3000; // ms in which the house says whether it still waits, or it is shown as what does

let showing = Promise.resolve();

/* One after the other: what is shown depends on what was shown before. */
function show(message) {
  const shown = showing.then(() => showNext(message));
  showing = shown.catch(() => {});
  return shown;
}

async function showNext(message) {
  const { title, words, address, tag, event, count } = message;
  const last = (await read("told", tag)) ?? { event: 0 };
  const known = event && event <= last.event;
  const over = !known && event ? await wasRead(tag) : false;
  const shown = (await registration.getNotifications({ tag })).length > 0;
  // What comes late, or twice, says again what was newest, in silence: browsers want something shown for each message.
  const said = known && last.message ? last.message : message;
  await registration.showNotification(known ? said.title : title, {
    body: known ? said.words : words,
    tag,
    renotify: !known && !over && shown,
    silent: known || over,
    icon: HOUSE.icon,
    badge: HOUSE.badge,
    lang: HOUSE.language,
    data: { address: known ? said.address : address, event: said.event },
  });
  if (known && !shown) for (const again of await registration.getNotifications({ tag })) again.close();
  if (!known && event) await write("told", { event, message, at: Date.now() }, tag);
  if (count !== undefined && !known) await (count ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.());
  await forgetOld();
}

/* Whether somebody has read it elsewhere while the message was on its way: it is shown, for browsers want that, without a
   noise, and closed the next time. */
async function wasRead(tag) {
  const late = new Promise((resolve) => setTimeout(resolve, SOON, null));
  const said = await Promise.race([line({ told: [tag] }).catch(() => null), late]);
  return Boolean(said) && said.reader !== "-" && !said.waiting.includes(tag);
}

/* What was read or put away elsewhere is not shown here any more. What has just come stays, for browsers want something
   shown for each message; it is asked about the next time. */
async function closeRead(fresh) {
  const shown = (await registration.getNotifications()).filter(({ data, tag }) => data?.event && tag !== fresh);
  if (!shown.length) return;
  const { reader, waiting, count } = await line({ told: shown.map(({ tag }) => tag) });
  const reads = await read("values", "reader"); // nobody yet, before a first page came by
  const mine = reads === undefined || reader === reads;
  for (const notification of shown) if (!mine || !waiting.includes(notification.tag)) notification.close();
  await (mine && count ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.());
}

async function forgetOld() {
  const tags = await inStore("told", "readonly", (store) => store.getAllKeys());
  if (tags.length <= REMEMBERED) return;
  const all = await Promise.all(tags.map(async (tag) => ({ tag, at: (await read("told", tag)).at })));
  all.sort((one, other) => one.at - other.at);
  for (const { tag } of all.slice(0, -REMEMBERED)) await remove("told", tag);
}

/* Brings the page to the front that shows it already; else a new one opens, for in another somebody may be writing. */
async function visit(address) {
  const url = new URL(address, location.origin).href;
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = pages.find((page) => plain(page.url) === plain(url));
  if (there) return there.focus();
  return clients.openWindow(url);
}

/* The browser has changed its subscription: the house is told the new one, in the place of the former. */
async function renew(former) {
  const { key, token, reader } = await line();
  if (reader === "-" || !former) return;
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = subscription.toJSON();
  await fetch(HOUSE.devices, {
    method: "POST",
    headers: { "X-CSRFToken": token },
    body: new URLSearchParams({ endpoint, ...keys, former: former.endpoint }),
    credentials: "same-origin",
  });
}
