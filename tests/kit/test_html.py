"""Markup as plain text, for who reads it elsewhere."""

from palabre.kit.html import beginning, in_full

LISTED = """<p>Deux voies :</p>
<ul>
<li>par la <a href="https://a.example/?x=1&amp;y=2">façade</a></li>
<li>
<p>par la rue</p>
</li>
</ul>
<ol start="3">
<li>relever</li>
<li>mesurer</li>
</ol>
<table><tr><td>a</td>
<td>b</td></tr>
<tr><td>1</td><td>2</td></tr></table>
<p><a href="https://b.example/">https://b.example/</a></p>
"""


def test_lists_keep_their_marks_rows_their_columns_and_links_their_addresses():
    assert in_full(LISTED).split("\n\n") == [
        "Deux voies :",
        "- par la façade <https://a.example/?x=1&y=2>\n- par la rue",
        "3. relever\n4. mesurer",
        "a | b\n1 | 2",
        "https://b.example/",
    ]


def test_what_is_cut_is_cut_after_a_word_and_says_so():
    assert beginning("Un mot.", 7) == "Un mot."
    assert beginning("Un mot de plus.", 10) == "Un mot…"
    assert beginning("motsansfin" * 3, 10) == "motsansfi…"
