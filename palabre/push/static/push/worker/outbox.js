// What somebody wrote without a line: kept in its order, sent when the line is back, each under a key of its own so that
// the house accepts it once, however often it is sent. What is refused stays, and says why.

const ASKED_AT_ONCE = 50; // keys
const SHORT = 1000; // characters that an address can carry through the sign-in
const PATIENCE = 3; // times that a form may make the house stumble before its author is asked
const UNCLAIMED = 60 * 60 * 1000; // ms that what is nobody's waits for who says that it is theirs

const leaving = new Set(); // keys of forms that a page is sending by itself just now
let sending = null;

/* What is shown as waiting: not what is on its way, or has most likely arrived. */
const ofReader = async () => {
  const reader = await read("values", "reader");
  await dropUnclaimed(UNCLAIMED);
  const waiting = (await readAll("outbox")).filter((entry) => !entry.reader || entry.reader === reader);
  return waiting.filter((entry) => !entry.gone && !leaving.has(entry.key));
};

/* What is nobody's and older than so many milliseconds. */
async function dropUnclaimed(age) {
  const old = (await readAll("outbox")).filter(({ reader, at }) => !reader && Date.now() - at >= age);
  for (const { id } of old) await remove("outbox", id);
}

async function keepWords({ leaves, ...entry }) {
  if (leaves) leaving.add(entry.key);
  if (entry.reader) await nowReads(entry.reader); // the page they wrote on may be older than this worker
  await write("outbox", { ...entry, at: Date.now(), refused: 0, tried: 0 });
  if (!leaves) await sendLater();
}

const sendLater = async () => registration.sync?.register("outbox").catch(() => {});

/* A page sends a form by itself, which was kept before it left. Without a line the page for that is shown, and the form
   waits. Where it led on, whether it has arrived is asked of the house later: one may have been led to the sign-in. */
async function leave(request, key) {
  const entry = (await readAll("outbox")).find((each) => each.key === key);
  try {
    const answer = await fetch(request);
    if (entry) await settle(entry, answer);
    return answer;
  } catch (error) {
    if (!entry) throw error;
    await sendLater();
    return Response.redirect(HOUSE.offline, 303);
  } finally {
    leaving.delete(key);
  }
}

/* What another application hands over. Without a line it waits like what was written here. Where nobody is signed in, what
   no address can carry waits as nobody's: another site may have sent it, so that whoever signs in says whether it is theirs. */
async function share(request) {
  const given = [...(await request.clone().formData())];
  const fields = given.filter(([, value]) => (value instanceof File ? value.name : value));
  const reader = await line().then(({ reader }) => reader, () => null);
  if (reader === null) return keepShared(fields, navigator.onLine ? "" : await lastReader(), HOUSE.offline);
  const short = fields.every(([, value]) => value.length < SHORT); // a file has no length, but a size
  if (reader === "-" && !short) return keepShared(fields, "", HOUSE.enter);
  return fetch(request).catch(() => keepShared(fields, "", HOUSE.offline));
}

/* "" where that was nobody. */
async function lastReader() {
  const reader = await read("values", "reader");
  return reader === "-" ? "" : (reader ?? "");
}

async function keepShared(fields, reader, then) {
  const words = fields.map(([, value]) => (value instanceof File ? value.name : value)).join("\n");
  await keepWords({ key: crypto.randomUUID(), address: HOUSE.share, fields, words, reader, place: HOUSE.share, title: "" });
  return Response.redirect(then, 303);
}

async function settle(entry, answer) {
  if (answer.type === "opaqueredirect") await write("outbox", { ...entry, gone: true, refused: 0 });
  else if (answer.ok || answer.status === 422) await remove("outbox", entry.id); // the words are in the form that came back
  else if (answer.status < 500 && answer.status !== 429) await write("outbox", { ...entry, refused: answer.status });
}

function sendWords() {
  sending ??= sendAll().finally(() => {
    sending = null;
  });
  return sending;
}

async function sendAll() {
  const waiting = (await readAll("outbox")).filter((entry) => entry.reader && !entry.refused && !leaving.has(entry.key));
  if (!waiting.length) return;
  const { reader, token, arrived } = await line({ sent: waiting.slice(0, ASKED_AT_ONCE).map((entry) => entry.key) });
  for (const entry of waiting) {
    if (entry.reader !== reader) continue; // somebody else is signed in: it waits for its author
    if (entry.key in arrived) await sent(entry, arrived[entry.key]);
    else await send(entry, token);
  }
}

async function send(entry, token) {
  const answer = await fetch(entry.address, {
    method: "POST",
    headers: { "Idempotency-Key": entry.key, Prefer: "return=minimal", "X-CSRFToken": token },
    body: packed(entry.fields),
    credentials: "same-origin",
    redirect: "manual",
  });
  const stumbled = answer.status === 500;
  const tried = entry.tried + stumbled;
  if (answer.type === "opaqueredirect" || answer.status === 429 || (answer.status >= 500 && tried < PATIENCE)) {
    await write("outbox", { ...entry, tried, gone: false });
    throw new Error(`The house answers ${answer.status}`); // later: nothing is lost
  }
  if (answer.status === 204) {
    await sent({ ...entry, gone: false }, answer.headers.get("Location"));
  } else {
    await write("outbox", { ...entry, refused: answer.status, tried: 0, gone: false });
    await tellPages({ said: "refused" });
  }
}

/* Who saw their form lead on need not be told that it arrived. */
async function sent(entry, place) {
  await remove("outbox", entry.id);
  await tellPages({ said: entry.gone ? "settled" : "sent", place: place || entry.place, words: entry.words });
}

function packed(fields) {
  const body = fields.some(([, value]) => value instanceof File) ? new FormData() : new URLSearchParams();
  for (const [name, value] of fields) body.append(name, value);
  return body;
}

async function claim(id) {
  const entry = await read("outbox", id);
  if (entry) await write("outbox", { ...entry, reader: await read("values", "reader"), gone: true });
}

async function tryAgain(id) {
  const entry = await read("outbox", id);
  if (entry) await write("outbox", { ...entry, refused: 0 });
  await sendWords();
}
