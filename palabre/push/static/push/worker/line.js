// The line to the house: who is signed in here now, the token for what they send, which of the pages kept here they may
// still read, and which of the forms have arrived. Fails where there is no line.

async function line({ kept = [], sent = [] } = {}) {
  const asked = new URLSearchParams();
  if (kept.length) asked.set("kept", kept.join(","));
  if (sent.length) asked.set("sent", sent.join(","));
  const answer = await fetch(`${HOUSE.line}?${asked}`, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`The house answers ${answer.status}`);
  return answer.json();
}

async function tellPages(said) {
  for (const page of await clients.matchAll({ type: "window" })) page.postMessage(said);
}
