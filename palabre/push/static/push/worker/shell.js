// What the page without a line is made of, and the style and scripts of pages that are kept. Files are named by their
// content: one that is here is the right one.

const SHELL = `shell-${HOUSE.version}`;
const NAMED_BY_CONTENT = /\.[0-9a-f]{12}\.\w+$/;

async function fillShell() {
  const shell = await caches.open(SHELL);
  await shell.addAll([HOUSE.offline, ...HOUSE.shell]);
}

/* The shell before this one stays too: pages that were kept under it are drawn with it. */
async function dropOldShells() {
  const shells = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== SHELL);
  for (const name of shells.slice(0, -1)) await caches.delete(name);
}

async function file(request, url) {
  const lasting = NAMED_BY_CONTENT.test(url.pathname);
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept && lasting) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.type === "basic" && lasting) {
      const shell = await caches.open(SHELL);
      await shell.put(request, answer.clone()).catch(() => {}); // a full device does without
    }
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

/* Of this build and in this language: the shell before holds one, too. */
async function withoutLine() {
  const shell = await caches.open(SHELL);
  return (await shell.match(HOUSE.offline, { ignoreVary: true })) ?? Response.error();
}
