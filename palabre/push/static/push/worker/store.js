// What the service worker remembers: a few values by name, what waits to be sent, which notifications were shown.

const STORES = { values: undefined, outbox: { keyPath: "id", autoIncrement: true }, told: undefined };

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("palabre", 1);
    asked.onupgradeneeded = () => {
      for (const [name, options] of Object.entries(STORES)) asked.result.createObjectStore(name, options);
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/* Does one thing in one store; resolves when it is safely there. */
async function inStore(name, mode, act) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(name, mode, { durability: "strict" });
      const request = act(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

const read = (name, key) => inStore(name, "readonly", (store) => store.get(key));
const readAll = (name) => inStore(name, "readonly", (store) => store.getAll());
const write = (name, value, key) => inStore(name, "readwrite", (store) => store.put(value, key));
const remove = (name, key) => inStore(name, "readwrite", (store) => store.delete(key));
