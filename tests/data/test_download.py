import errno
import shutil
from types import SimpleNamespace

import httpx
import pytest

from journeyman.data.download import Stopped, Wanted, disk, download
from journeyman.errors import Unavailable
from tests.data.conftest import sent, sha256, whole_or_rest

CONTENT = bytes(range(256)) * 4096  # four blocks of a megabyte
URL = "https://files.example/archive.whl"


def get(web, target, content=CONTENT, report=None, cancel=None, **changed):
    wanted = Wanted(changed.get("sha256", sha256(content)), len(content), "PyPI tiny 1.0")
    return download(
        web.client, URL, target, wanted,
        report=report or (lambda _: None), cancel=cancel or (lambda: False),
    )  # fmt: skip


class Breaking(httpx.SyncByteStream):
    """Sends some bytes, then the connection breaks."""

    def __init__(self, content):
        self.content = content

    def __iter__(self):
        yield self.content
        raise httpx.ReadError("connection reset")


def breaks_once_at(place):
    calls = []

    def answer(request):
        calls.append(request)
        if len(calls) == 1:
            return httpx.Response(200, stream=Breaking(CONTENT[:place]))
        return whole_or_rest(request, CONTENT)

    return answer


def test_a_file_arrives_whole_with_progress_that_only_grows(web, tmp_path):
    steps = []
    made = get(web({URL: CONTENT}), tmp_path / "a.whl", report=steps.append)
    assert made.read_bytes() == CONTENT
    assert not (tmp_path / "a.whl.part").exists()
    done = [step.done for step in steps if step.stage == "downloading"]
    assert done == sorted(done)
    assert done[-1] == steps[0].total == len(CONTENT)
    assert steps[-1].stage == "checking"


def test_a_broken_connection_is_taken_up_where_it_broke(web, tmp_path):
    net = web({URL: breaks_once_at(300_000)})
    assert get(net, tmp_path / "a.whl").read_bytes() == CONTENT
    assert net.asked[1].headers["range"] == "bytes=300000-"


def test_a_later_call_goes_on_with_the_part_that_is_there(web, tmp_path):
    (tmp_path / "a.whl.part").write_bytes(CONTENT[:500_000])
    net = web({URL: CONTENT})
    assert get(net, tmp_path / "a.whl").read_bytes() == CONTENT
    assert net.asked[0].headers["range"] == "bytes=500000-"


def test_a_server_without_ranges_starts_over(web, tmp_path):
    (tmp_path / "a.whl.part").write_bytes(CONTENT[:500_000])
    net = web({URL: lambda _: sent(200, CONTENT)})
    assert get(net, tmp_path / "a.whl").read_bytes() == CONTENT


def test_a_part_that_is_already_whole_needs_nothing_more(web, tmp_path):
    (tmp_path / "a.whl.part").write_bytes(CONTENT)
    assert get(web({URL: CONTENT}), tmp_path / "a.whl").read_bytes() == CONTENT


def test_a_damaged_part_is_thrown_away_and_fetched_once_more(web, tmp_path):
    (tmp_path / "a.whl.part").write_bytes(b"?" * 500_000)
    net = web({URL: CONTENT})
    assert get(net, tmp_path / "a.whl").read_bytes() == CONTENT
    assert "range" not in net.asked[1].headers


def test_other_content_than_promised_leaves_nothing(web, tmp_path):
    with pytest.raises(Unavailable, match="not the one that the catalogue describes"):
        get(web({URL: b"another file"}), tmp_path / "a.whl", content=CONTENT)
    assert list(tmp_path.iterdir()) == []


def test_no_connection_keeps_the_part(web, tmp_path):
    (tmp_path / "a.whl.part").write_bytes(CONTENT[:100])
    with pytest.raises(Unavailable, match="connection failed .* the part is kept"):
        get(web({}), tmp_path / "a.whl")
    assert (tmp_path / "a.whl.part").read_bytes() == CONTENT[:100]
    assert not (tmp_path / "a.whl").exists()


def test_a_refusal_is_told_with_its_number(web, tmp_path):
    with pytest.raises(Unavailable, match="answered 404"):
        get(web({URL: lambda _: httpx.Response(404)}), tmp_path / "a.whl")


def test_stopping_keeps_what_came(web, tmp_path):
    count = iter(range(100))
    with pytest.raises(Stopped, match="continued"):
        get(web({URL: CONTENT}), tmp_path / "a.whl", cancel=lambda: next(count) == 2)
    part = tmp_path / "a.whl.part"
    assert 0 < part.stat().st_size < len(CONTENT)
    assert get(web({URL: CONTENT}), tmp_path / "a.whl").read_bytes() == CONTENT


def test_too_little_room_is_told_before_anything_is_sent(web, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    net = web({URL: CONTENT})
    with pytest.raises(Unavailable, match="free some space"):
        get(net, tmp_path / "a.whl")
    assert net.asked == []


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "is full"), (errno.EACCES, "cannot be written")]
)
def test_what_a_disk_does_wrong_is_one_sentence(tmp_path, number, said):
    with pytest.raises(Unavailable, match=said) as caught, disk(tmp_path):
        raise OSError(number, "said by the system")
    assert caught.value.message.count("\n") == 0
