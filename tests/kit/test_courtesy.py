"""A robot's manners, with a clock that we turn."""

from itertools import pairwise

import pytest

from palabre.kit.courtesy import LONGEST_PAUSE, PATIENCE, Robots, visit
from palabre.kit.outbound import Fetched, Refused


class Night:
    """A clock that only moves when one sleeps, and hosts that answer what they are told to."""

    def __init__(self, **answers):
        self.now = 0.0
        self.asked = []
        self.answers = answers

    def clock(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds

    def ask(self, address, limits=None, read=True, before=None):
        host, _, path = address.removeprefix("http://").partition("/")
        before(host)
        self.asked.append((self.now, host, path))
        answer = self.answers.get(f"{host}/{path}", self.answers.get(host, 404 if path == "robots.txt" else 200))
        answer = answer(self.now) if callable(answer) else answer
        if isinstance(answer, Refused):
            raise answer
        status, body, headers = answer if isinstance(answer, tuple) else (answer, "", {})
        return Fetched(address, None, status, headers, body.encode())

    def visit(self, *addresses, **options):
        return dict(visit(addresses, ask=self.ask, clock=self.clock, sleep=self.sleep, **options))

    def times(self, host):
        return [at for at, name, _path in self.asked if name == host]


def test_a_host_is_asked_at_most_once_a_second_and_hosts_take_turns():
    night = Night()
    answers = night.visit(*[f"http://{host}/{n}" for host in ("a", "b", "c") for n in range(10)])
    assert len(answers) == 30
    for host in ("a", "b", "c"):
        times = night.times(host)
        assert len(times) == 11
        assert all(later - earlier >= 1 for earlier, later in pairwise(times))
    assert night.now < 15


def test_what_robots_txt_closes_is_not_asked_for():
    night = Night(**{"a/robots.txt": (200, "User-agent: *\nDisallow: /private\n", {})})
    answers = night.visit("http://a/private/1", "http://a/open")
    assert str(answers["http://a/private/1"]) == "robots"
    assert answers["http://a/open"].ok
    assert [path for _at, _host, path in night.asked] == ["robots.txt", "open"]


def test_a_longer_delay_asked_for_is_kept():
    night = Night(**{"a/robots.txt": (200, "User-agent: *\nCrawl-delay: 7\n", {})})
    night.visit("http://a/1", "http://a/2", "http://a/3")
    _robots, first, second, third = night.times("a")
    assert (second - first, third - second) == (7, 7)


def test_a_host_in_trouble_is_left_alone_longer_and_longer():
    night = Night(**{"a": 503, "a/robots.txt": 404})
    assert night.visit("http://a/1")["http://a/1"].status == 503
    gaps = [later - earlier for earlier, later in pairwise(night.times("a")[1:])]
    assert len(gaps) == PATIENCE - 1
    assert gaps == sorted(gaps) and gaps[0] >= 2 and gaps[-1] > gaps[0]


def test_a_host_that_recovers_is_believed():
    night = Night(**{"a": lambda now: 200 if now > 3 else Refused("time"), "a/robots.txt": 404})
    assert night.visit("http://a/1")["http://a/1"].status == 200


def test_retry_after_is_heard_up_to_a_limit():
    night = Night(**{"a": (429, "", {"retry-after": "30"}), "b": (429, "", {"retry-after": "99999"})})
    night.visit("http://a/1", "http://b/1")
    assert min(b - a for a, b in pairwise(night.times("a")[1:])) >= 30
    assert night.now <= LONGEST_PAUSE * (PATIENCE + 1)


def test_a_retry_after_that_is_no_number_stops_nobody_s_round():
    night = Night(**{"a": (503, "", {"retry-after": "\xb2"}), "a/robots.txt": 404, "b": 200})
    answers = night.visit("http://a/1", "http://b/1")
    assert (answers["http://a/1"].status, answers["http://b/1"].status) == (503, 200)


def test_a_final_no_is_not_asked_again():
    night = Night(a=Refused("inside"), b=410)
    answers = night.visit("http://a/1", "http://b/1")
    assert answers["http://a/1"].reason == "inside" and answers["http://b/1"].status == 410
    assert len(night.times("b")) <= 2


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("", "/x", True),
        ("user-agent: *\ndisallow:", "/x", True),
        ("user-agent: *\ndisallow: /", "/x", False),
        ("user-agent: *\ndisallow: /\nallow: /open", "/open/1", True),
        ("user-agent: *\nallow: /a\ndisallow: /a", "/a", True),
        ("user-agent: other\ndisallow: /", "/x", True),
        ("user-agent: palabre\ndisallow: /\n\nuser-agent: *\nallow: /", "/x", False),
        ("user-agent: other\nuser-agent: *\ndisallow: /x", "/x", False),
        ("user-agent: *\ndisallow: /*.pdf$", "/a/b.pdf", False),
        ("user-agent: *\ndisallow: /*.pdf$", "/a/b.pdf?v=1", True),
        ("user-agent: *\ndisallow: /a$", "/a", False),
        ("user-agent: *\ndisallow: /a$", "/ab", True),
        ("user-agent: *\ndisallow: /*/x*y", "/a/x/b/y/c", False),
        ("user-agent: *\ndisallow: /*ab$", "/b", True),
        ("user-agent: *\ndisallow: /search?q=", "/search?q=1", False),
        ("# comment\nUser-Agent : * # all\nDisallow : /x # here", "/x", False),
        ("disallow: /\nnonsense\n::::", "/x", True),
    ],
)
def test_robots_txt_is_read_as_written(rules, path, allowed):
    assert Robots(rules).allows(f"http://a{path}") is allowed


def test_a_hostile_robots_txt_is_matched_quickly():
    rules = "user-agent: *\n" + "disallow: /" + "*a" * 5000 + "$\n"
    assert Robots(rules).allows("http://a/" + "a" * 2000)


def test_a_host_in_trouble_over_robots_txt_is_left_in_peace():
    night = Night(**{"a/robots.txt": 503})
    assert str(night.visit("http://a/1")["http://a/1"]) == "robots"
