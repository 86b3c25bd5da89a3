"""The Markdown people write here: CommonMark and GitHub's tables, tasks, footnotes and notes, plus our marks.

`[[Title]]`, `[[Title#section|label]]`, `@handle` and `#tag` become `mark` tokens, closed like links, so that
they never occur inside a link or code; `[[#section]]` is a link within the text. The parser is built once: building
it costs more than parsing a page.
"""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin
from mdit_py_plugins.gfm_autolink.index import _protocol_rule as of_plugin

from palabre.authoring.document import anchor
from palabre.kit.html import PREFIX

WIKI = re.compile(r"\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]\n]{1,200}))?\]\]")
PERSON = re.compile(r"@([A-Za-z0-9](?:[\w.-]{0,62}\w)?)(?![\w/@])")
NOTE = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][+-]?[ \t]+([^\n]*\S)[ \t]*(?:\n|$)", re.IGNORECASE)
PROTOCOL = re.compile(r"(?:https?|mailto|xmpp)\Z")
TAG = re.compile(r"#([^\W\d_](?:[\w-]{0,60}\w)?)(?![\w#])")


def _push(state: StateInline, mark: str, key: str, label: str) -> bool:
    token = state.push("mark_open", "a", 1)
    token.attrs = {"data-mark": mark, "data-key": key}
    state.push("text", "", 0).content = label
    state.push("mark_close", "a", -1)
    return True


def wiki(state: StateInline, silent: bool) -> bool:
    """`[[Title]]`, left alone where its brackets enclose a CommonMark reference defined in the same text."""
    found = None if state.linkLevel else WIKI.match(state.src, state.pos, state.posMax)
    if not found or state.src[state.pos - 1 : state.pos] in ("[", "!") or not found[1].strip("# "):
        return False
    if found[1].strip().upper() in state.env.get("references", ()):
        return False
    if not silent:
        title = " ".join(found[1].split())
        if title.startswith("#"):
            section = title.strip("# ")
            state.push("link_open", "a", 1).attrs = {"href": f"#{anchor(section)}"}
            state.push("text", "", 0).content = (found[2] or section).strip()
            state.push("link_close", "a", -1)
        else:
            _push(state, "title", title, (found[2] or title).strip())
    state.pos = found.end()
    return True


def word(state: StateInline, silent: bool) -> bool:
    """`@handle` and `#tag`, at the start of a word only: addresses, e-mails and code words keep theirs."""
    start = state.src[state.pos]
    if state.linkLevel or start not in "@#":
        return False
    if state.pos and (state.src[state.pos - 1].isalnum() or state.src[state.pos - 1] in "_/@#&.=+-"):
        return False
    found = (PERSON if start == "@" else TAG).match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        _push(state, "person" if start == "@" else "tag", found[1].lower(), found[0])
    state.pos = found.end()
    return True


def protocol(state: StateInline, silent: bool) -> bool:
    """`https://…` and `mailto:…` written out, as the plug-in finds them.

    That one looks at each colon through all the words before it, which takes the square of a long line of them; here
    they are put away first.
    """
    before = state.pending
    found = None if silent else PROTOCOL.search(before, max(0, len(before) - len("mailto")))
    if not found:
        return False
    if found.start():
        state.pending = before[: found.start()]
        state.pushPending()
    state.pending = found[0]
    return of_plugin(state, silent)


def notes(state: StateCore) -> None:
    """Notes as other wikis write them too: `> [!WARNING] words`, the words being its title, or all it says."""
    tokens, written = state.tokens, []
    noted: list[bool] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        written.append(token)
        index += 1
        if token.type == "blockquote_open":
            found = NOTE.match(tokens[index + 1].content) if tokens[index].type == "paragraph_open" else None
            noted.append(bool(found))
            if found:
                token.type, token.tag, token.meta = "alert_open", "div", {"kind": found[1].upper()}
                said, is_all = tokens[index + 1], tokens[index + 3].type == "blockquote_close"
                said.content = said.content[found.end() :]
                title = Token("inline", "", 0, content=found[2], children=[], map=said.map)
                if is_all and not said.content:
                    said.content, title.content = title.content, ""
                else:
                    token.meta["titled"] = True
                    index += 0 if said.content else 3
                written += [Token("alert_title_open", "p", 1), title, Token("alert_title_close", "p", -1)]
        elif token.type == "blockquote_close" and noted.pop():
            token.type, token.tag = "alert_close", "div"
        elif token.type == "alert_close" and _goes_on(written[-5], tokens[index : index + 1]):
            written[-1:] = [*tokens[index : index + 3], token]
            index += 3
    state.tokens = written


def _goes_on(opening: Token, following: list[Token]) -> bool:
    """Whether an empty note is followed by a line without its `>`, which belongs to it as it would to a quotation."""
    if opening.type != "alert_open" or not following or following[0].type != "paragraph_open":
        return False
    return bool(opening.map and following[0].map and opening.map[1] == following[0].map[0])


def _footnote_anchor(
    self: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """The way back from a note, named by its number: an arrow alone says nothing when it is read aloud."""
    number, again = tokens[index].meta["id"] + 1, tokens[index].meta["subId"]
    target = f"{number}:{again}" if again > 0 else str(number)
    return f' <a href="#{PREFIX}fnref{target}" class="backref" title="{number}">\u21a9\ufe0e {number}</a>'


def _footnote_reference(
    self: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    number, again = tokens[index].meta["id"] + 1, tokens[index].meta["subId"]
    name = f"{number}:{again}" if again > 0 else str(number)
    return f'<sup class="footnote"><a href="#{PREFIX}fn{number}" id="fnref{name}">{number}</a></sup>'


def _build() -> MarkdownIt:
    # Where a text is nested deeper, the parser leaves out all the rest; left alone, at ten lists in one another.
    given = {"tasklists": True, "alerts": True, "maxNesting": 40}
    parser = MarkdownIt("commonmark", given).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False).use(gfm_autolink_plugin)
    parser.core.ruler.after("block", "notes", notes)
    parser.inline.ruler.at("gfm_autolink_protocol", protocol)
    parser.inline.ruler.disable("gfm_autolink_email")
    parser.inline.ruler.before("link", "wiki", wiki)
    parser.inline.ruler.before("link", "word", word)
    parser.add_render_rule("footnote_ref", _footnote_reference)
    parser.add_render_rule("footnote_anchor", _footnote_anchor)
    parser.add_render_rule("footnote_block_open", lambda *_: '<section class="footnotes">\n<ol>\n')
    parser.add_render_rule("footnote_block_close", lambda *_: "</ol>\n</section>\n")
    return parser


parser = _build()


def markup(markdown: str) -> str:
    """The HTML of the dialect as CommonMark writes it, before ornaments and cleaning: never for a page."""
    return parser.render(markdown)
