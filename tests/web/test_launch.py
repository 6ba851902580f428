from __future__ import annotations

import re
import threading
import urllib.request

import pytest

from journeyman.errors import Invalid, Unavailable
from journeyman.web import launch


def test_a_port_that_is_taken_is_said_in_one_sentence():
    with launch.listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Unavailable, match=rf"Port {port} on .*`--port 8766`"):
            launch.listen("127.0.0.1", port)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org"])
def test_only_this_machine_is_served(host):
    with pytest.raises(Invalid, match="this machine only"):
        launch.listen(host, 0)


@pytest.mark.parametrize("opens", [True, False])
def test_serve_prints_the_address_opens_the_browser_and_answers(app, monkeypatch, capsys, opens):
    opened, servers, done = [], [], threading.Event()

    def open_browser(site):
        opened.append(site)
        done.set()
        return opens

    monkeypatch.setattr(launch.webbrowser, "open", open_browser)
    begin = launch.Announcing.__init__

    def remember(self, *given, **named):
        servers.append(self)
        begin(self, *given, **named)

    monkeypatch.setattr(launch.Announcing, "__init__", remember)
    serving = threading.Thread(target=launch.serve, args=(app, "127.0.0.1", 0, True))
    serving.start()
    try:
        assert done.wait(20)
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with browser.open(opened[0], timeout=10) as answer:
            assert b"Where do you stand?" in answer.read()
    finally:
        servers[0].should_exit = True
        serving.join(20)
    assert not serving.is_alive()
    printed = capsys.readouterr().out
    shown = re.search(r"http://127\.0\.0\.1:(\d+)/\?token=(\S+)", printed)
    assert shown
    assert opened[0].startswith(f"http://127.0.0.1:{shown[1]}/?token=")
    assert shown[2] not in opened[0], "what other users can read in a process list opens only once"
    assert ("No browser could be opened" in printed) is not opens


def test_address_brackets_ipv6():
    assert launch.address("::1", 1) == "http://[::1]:1"
