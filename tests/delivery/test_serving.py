"""Serving: the model's answer over HTTP, one sentence for a wrong row, a stop that loses nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import httpx
import numpy as np
import pytest
from fastapi.testclient import TestClient
from sklearn.linear_model import LogisticRegression

from journeyman.delivery import About, container, create, export, rollback
from journeyman.delivery.serving import main
from journeyman.errors import Invalid, NotFound
from tests.delivery import making

ROW = {"spent": 20.5, "visits": 3, "member": True, "city": "Bern"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    pipeline, rows = making.leaving()
    out = tmp_path_factory.mktemp("served") / "export"
    export(pipeline, rows, out, About(title="Who leaves", threshold=0.3))
    return out


@pytest.fixture(scope="module")
def web(folder):
    return TestClient(create(folder))


def test_one_row_gets_the_models_answer(web):
    pipeline, rows = making.leaving()
    import pandas as pd

    wanted = pipeline.predict_proba(pd.DataFrame([ROW], columns=rows.columns))[0]
    got = web.post("/predict", json=ROW).json()
    assert got["probabilities"] == pytest.approx(
        dict(zip(["no", "yes"], wanted, strict=True)), abs=1e-5
    )
    assert got["label"] == ("yes" if wanted[1] >= 0.3 else "no")
    assert got["remarks"] == []


def test_a_batch_gets_the_same_answers_in_order(web, folder):
    held_out = json.loads((folder / "held-out.json").read_text())
    got = web.post("/predict/batch", json=held_out["rows"]).json()["answers"]
    found = [[one["probabilities"]["no"], one["probabilities"]["yes"]] for one in got]
    np.testing.assert_allclose(found, held_out["expected"], atol=1e-5)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**ROW, "visits": "many"}, "Row 1, column “visits” is 'many'; give a whole number."),
        ({**ROW, "visits": 2.5}, "column “visits” is 2.5; give a whole number."),
        ({**ROW, "visits": None}, "column “visits” is missing; give a whole number."),
        ({**ROW, "visits": True}, "column “visits” is True"),
        ({**ROW, "city": "Paris"}, "is “Paris”; give one of “Bern”, “Oslo”, “Łódź”."),
        ({**ROW, "city": 7}, "column “city” is 7"),
        ({**ROW, "member": "yes"}, "give true or false"),
        ({**ROW, "age": 3}, "unknown column “age”; there are “spent”, “visits”"),
        ({**ROW, "spent": "1e999"}, "column “spent”"),
        ([ROW], "Row 1 is no object"),
        (7, "Row 1 is no object"),
    ],
)
def test_a_wrong_row_gets_one_sentence(web, row, said):
    answer = web.post("/predict", json=row)
    assert answer.status_code == 422
    assert said in answer.json()["error"]
    assert list(answer.json()) == ["error"]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"spent": NaN}x', b"[" * 100_000])
def test_a_body_that_is_no_json_gets_one_sentence(web, body):
    answer = web.post("/predict", content=body)
    assert answer.status_code == 422
    assert "The body is no JSON" in answer.json()["error"]


def test_infinity_is_no_number(web):
    body = json.dumps({**ROW, "spent": float("inf")}).encode()
    answer = web.post("/predict", content=body)
    assert answer.status_code == 422
    assert "column “spent” is inf" in answer.json()["error"]


def test_a_batch_is_bounded_and_names_its_row(web):
    assert "at most 1,000" in web.post("/predict/batch", json=[ROW] * 1001).json()["error"]
    assert "at least one row" in web.post("/predict/batch", json=[]).json()["error"]
    assert "is a list of rows" in web.post("/predict/batch", json=ROW).json()["error"]
    wrong = web.post("/predict/batch", json=[ROW, ROW, {**ROW, "city": ""}]).json()["error"]
    assert wrong.startswith("Row 3, column “city”")
    big = web.post("/predict/batch", content=b" " * (17 << 20))
    assert big.status_code == 413


def test_gaps_that_the_sample_had_are_answered_and_ranges_remarked(web):
    gap = web.post("/predict", json={**ROW, "spent": None})
    assert gap.status_code == 200
    without = {name: value for name, value in ROW.items() if name != "spent"}
    assert web.post("/predict", json=without).json() == gap.json()
    far = web.post("/predict", json={**ROW, "spent": 1e6}).json()
    assert "“spent” is 1e+06, outside" in far["remarks"][0]


def test_health_schema_and_latency_are_told(web, folder):
    before = web.get("/latency").json()
    web.post("/predict", json=ROW)
    web.post("/predict", json={})
    after = web.get("/latency").json()
    assert after["row"]["count"] == before["row"]["count"] + 1
    assert after["refused"] == before["refused"] + 1
    assert 0 < after["row"]["p50"] <= after["row"]["p95"] <= after["row"]["p99"]
    assert web.get("/health").json()["status"] == "ok"
    assert web.get("/schema").json() == json.loads((folder / "schema.json").read_text())


def test_a_new_export_and_a_rollback_are_taken_up_while_running(tmp_path):
    out = tmp_path / "export"
    pipeline, rows = making.leaving()
    export(pipeline, rows, out)
    web = TestClient(create(out))
    first = web.post("/predict", json=ROW).json()
    export(making.leaving(LogisticRegression(C=0.001))[0], rows, out)
    second = web.post("/predict", json=ROW).json()
    assert second["model"] != first["model"]
    assert second["probabilities"] != first["probabilities"]
    rollback(out)
    assert web.post("/predict", json=ROW).json() == first


def test_a_damaged_new_export_leaves_the_one_in_use(tmp_path):
    out = tmp_path / "export"
    pipeline, rows = making.leaving()
    export(pipeline, rows, out)
    web = TestClient(create(out))
    first = web.post("/predict", json=ROW).json()
    (out / "schema.json").write_text("{}")
    assert web.post("/predict", json=ROW).json() == first
    assert "is no schema" in web.get("/health").json()["trouble"]


def test_pictures_are_answered(tmp_path):
    model, pixels = making.digits()
    export(model, pixels, tmp_path / "export", About(picture=(8, 8)))
    web = TestClient(create(tmp_path / "export"))
    row = pixels.iloc[0].tolist()
    assert web.post("/predict", json={"rows": row}).json()["label"] == str(
        model.predict(pixels[:1])[0]
    )
    short = web.post("/predict", json={"rows": row[:-1]})
    assert "has to be 64 numbers in one list" in short.json()["error"]


def test_nothing_to_serve_is_one_sentence(tmp_path, capsys):
    assert main([str(tmp_path)]) == NotFound.exit_code
    assert "There is no export" in capsys.readouterr().err


def test_a_server_stops_on_a_signal_and_answers_what_was_begun(folder):
    command = [sys.executable, "-m", "journeyman.delivery.serving", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            address = server.stdout.readline().split()[-1]
            assert httpx.post(f"{address}/predict", json=ROW).status_code == 200

            def slowly():
                body = json.dumps(ROW).encode()
                yield body[:5]
                time.sleep(0.3)  # the request has begun: now the server is told to stop
                os.kill(server.pid, signal.SIGTERM)
                time.sleep(0.3)
                yield body[5:]

            assert httpx.post(f"{address}/predict", content=slowly()).status_code == 200
            said, _ = server.communicate(timeout=30)
        finally:
            server.kill()
    assert json.loads(said.splitlines()[-1])["row"]["count"] == 2
    assert server.returncode == 0


def test_a_port_in_use_is_one_sentence(folder, capsys):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        code = main([str(folder), "--port", str(taken.getsockname()[1])])
    assert code == Invalid.exit_code
    assert "cannot be bound" in capsys.readouterr().err


def test_answers_do_not_wait_for_acknowledgements():
    """asyncio turns Nagle's algorithm off only where a socket says that it is TCP."""
    import socket

    from journeyman.delivery.serving import _listen

    with _listen("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP


def test_the_container_file_serves_the_export_and_leaves_rows_out(folder):
    file = container(folder)
    text = file.read_text()
    assert "COPY export /srv/export" in text
    assert "USER model" in text
    assert "export/held-out.json" in (file.parent / "Dockerfile.dockerignore").read_text()
    # The command of the container is one that this package has.
    command = json.loads(text.split("\nCMD ")[-1])
    assert command[:3] == ["python", "-m", "journeyman.delivery.serving"]
    assert container(folder) == file  # writing the same again is fine
    file.write_text("FROM mine\n")
    with pytest.raises(Invalid, match="left as it is"):
        container(folder)
