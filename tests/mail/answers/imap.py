"""A small IMAP server on loopback, as much as is asked of one: folders of messages, fetched, copied and moved."""

import re
import socketserver
import threading
from contextlib import contextmanager


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self, capabilities="IMAP4rev1 MOVE IDLE"):
        super().__init__(("127.0.0.1", 0), Session)
        self.capabilities = capabilities
        self.folders = {"INBOX": {}}
        self.next = 1
        self.arrived = threading.Condition()
        self.forbidden = set()  # folders that cannot be made

    def put(self, data, folder="INBOX"):
        with self.arrived:
            self.folders[folder][self.next] = data
            self.next += 1
            self.arrived.notify_all()


class Session(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n" if isinstance(line, str) else line + b"\r\n")

    def handle(self):
        self.folder, self.deleted = None, set()
        self.say("* OK ready")
        for raw in self.rfile:
            tag, _, rest = raw.decode().strip().partition(" ")
            name, _, words = rest.partition(" ")
            by_uid = name.upper() == "UID"
            if by_uid:
                name, _, words = words.partition(" ")
            answer = getattr(self, f"do_{name.lower()}", None)
            if answer is None:
                self.say(f"{tag} BAD {name}?")
                continue
            said = answer(words)
            self.say(f"{tag} {said or 'OK done'}")
            if name.upper() == "LOGOUT":
                return

    @property
    def messages(self):
        return self.server.folders[self.folder]

    def do_capability(self, _words):
        self.say(f"* CAPABILITY {self.server.capabilities}")

    def do_login(self, words):
        return None if words == '"awa" "secret"' else "NO wrong"

    def do_select(self, words):
        self.folder = words.strip('"')
        if self.folder not in self.server.folders:
            return "NO no such folder"
        self.say(f"* {len(self.messages)} EXISTS")
        return "OK [READ-WRITE] done"

    def do_list(self, words):
        wanted = re.findall(r'"([^"]*)"|(\S+)', words)[-1]
        for name in self.server.folders:
            if "".join(wanted) in ("*", name):
                self.say(f'* LIST () "/" "{name}"')

    def do_create(self, words):
        name = words.strip('"')
        if name in self.server.forbidden:
            return "NO only inside the inbox"
        self.server.folders.setdefault(name, {})
        return None

    def do_search(self, _words):
        self.say(f"* SEARCH {' '.join(map(str, sorted(self.messages)))}")

    def do_fetch(self, words):
        uid, _, what = words.partition(" ")
        data = self.messages.get(int(uid))
        if data is None:
            return
        if "SIZE" in what:
            self.say(f"* 1 FETCH (UID {uid} RFC822.SIZE {len(data)})")
            return
        body = data.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if "HEADER" in what else data
        self.wfile.write(b"* 1 FETCH (UID %s BODY[] {%d}\r\n%s)\r\n" % (uid.encode(), len(body), body))

    def do_move(self, words):
        uid, _, folder = words.partition(" ")
        self.server.folders[folder.strip('"')][int(uid)] = self.messages.pop(int(uid))

    def do_copy(self, words):
        uid, _, folder = words.partition(" ")
        self.server.folders[folder.strip('"')][int(uid)] = self.messages[int(uid)]

    def do_store(self, words):
        self.deleted.add(int(words.partition(" ")[0]))

    def do_expunge(self, _words):
        for uid in self.deleted:
            self.messages.pop(uid, None)

    def do_idle(self, _words):
        self.say("+ idling")
        with self.server.arrived:
            if self.server.arrived.wait_for(lambda: self.messages, timeout=4):
                self.say(f"* {len(self.messages)} EXISTS")
        self.rfile.readline()

    def do_logout(self, _words):
        self.say("* BYE")

    do_noop = do_logout


@contextmanager
def serving(**options):
    with Server(**options) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
