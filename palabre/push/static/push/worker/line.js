// The line to the house: who is signed in here now, the token for what they send, which of the pages kept here they may
// still read, which of the forms have arrived, and which of the things it was told of still wait. Fails where there is no
// line.

async function line({ kept = [], sent = [], told = [] } = {}) {
  const asked = new URLSearchParams();
  if (kept.length) asked.set("kept", kept.join(","));
  if (sent.length) asked.set("sent", sent.join(","));
  if (told.length) asked.set("told", told.join(","));
  const answer = await fetch(`${HOUSE.line}?${asked}`, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`The house answers ${answer.status}`);
  return answer.json();
}

async function tellPages(said) {
  for (const page of await clients.matchAll({ type: "window" })) page.postMessage(said);
}
