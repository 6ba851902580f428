"""An export as a page that runs in the browser: static files, no server, nothing sent."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from journeyman.delivery import webruntime
from journeyman.delivery.parity import TOLERANCE, Parity, compare
from journeyman.delivery.runtime import load
from journeyman.delivery.schema import Schema
from journeyman.errors import Conflict, Invalid

MARK = "demo.json"
_SERVED = "'self'"
POLICY = (
    "default-src 'none'; script-src {scripts} 'wasm-unsafe-eval'; style-src {styles}; "
    "connect-src {connect}; img-src blob: data:; base-uri 'none'; form-action 'none'"
)
_EXPORTS = re.compile(r"export\s*\{([^{}]*)\}\s*;?\s*(?://#.*\s*)?\Z")


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo on disk.

    Attributes:
        folder: Holds ``index.html``.
        parity: Through onnxruntime-web, on the export's held-out rows.
        size: Bytes of all files.
    """

    folder: Path
    parity: Parity
    size: int

    def to_json(self) -> dict[str, Any]:
        """Plain data for scripts."""
        return {"folder": str(self.folder), "bytes": self.size, "parity": self.parity.to_json()}

    def text(self) -> str:
        """The result for people."""
        return f"Demo written to {self.folder} ({self.size:,} bytes). {self.parity.sentence()}"


def demo(
    export_dir: Path,
    out: Path,
    *,
    single_file: bool = False,
    tolerance: float = TOLERANCE,
    cache: Path | None = None,
    back: str = "",
) -> Demo:
    """Write a live demo of an export, once it says the same in the browser's runtime.

    Args:
        export_dir: As ``export`` wrote it; its held-out rows are compared and not published, but
            its example rows are.
        out: Folder to write; an earlier demo there is replaced.
        single_file: Put everything into ``index.html``, which then opens from a disk as well.
        tolerance: Largest difference allowed; see ``parity.compare``.
        cache: Where onnxruntime-web is kept; the data directory where it is None.
        back: Address of the page that the demo belongs to, relative to its own; none if empty.

    Raises:
        NotFound, Invalid: there is no export, or its answers differ; the sentence names the worst
            row. Nothing is written then.
        Conflict: ``out`` holds other files.
        Unavailable: there is no npm or Node.
    """
    schema = load(export_dir).schema
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / MARK).is_file())):
        raise Conflict(f"{out} holds files that are no demo; name another folder.")
    parity = check(export_dir, schema, tolerance, cache)
    if not parity.holds:
        raise Invalid(f"No demo was written: {parity.sentence()}")
    runtime = webruntime.runtime(cache)
    model = (export_dir / "model.onnx").read_bytes()
    make = _single if single_file else _several
    files = make(schema, parity, model, runtime, back)
    files[MARK] = json.dumps({"model": schema.model, "parity": parity.to_json()}, indent=1).encode()
    _place(out, files)
    return Demo(out, parity, sum(map(len, files.values())))


def check(
    export_dir: Path, schema: Schema, tolerance: float = TOLERANCE, cache: Path | None = None
) -> Parity:
    """Compare an export's answers in onnxruntime-web with those of the fitted model.

    Raises:
        Invalid: the held-out rows are missing or too few, or the runtime cannot run the model.
        Unavailable: there is no npm or Node.
    """
    file = export_dir / "held-out.json"
    try:
        expected = json.loads(file.read_bytes())["expected"]
    except (OSError, ValueError, KeyError):
        raise Invalid(
            f"{file} is missing or damaged, so parity cannot be shown; export again."
        ) from None
    found, name = webruntime.answers(export_dir, cache)
    return compare(
        expected,
        found,
        runtime=name,
        relative=schema.output.kind != "probabilities",
        tolerance=tolerance,
    )


def _several(
    schema: Schema, parity: Parity, model: bytes, runtime: Path, back: str
) -> dict[str, bytes]:
    policy = POLICY.format(scripts=_SERVED, styles=_SERVED, connect=_SERVED)
    waiting = (
        "Loading the model. If this sentence stays, the page was opened from a disk: ask its "
        "author for the demo in a single file, or serve the folder with python -m http.server."
    )
    page = _page(schema, parity, policy=policy, waiting=waiting, style="", parts=[], back=back)
    return {
        "index.html": page,
        "demo.css": _static("demo.css").encode(),
        "page.js": _static("page.js").encode(),
        "model.js": _static("model.js").encode(),
        "model.onnx": model,
        **{f"ort/{name}": (runtime / name).read_bytes() for name in webruntime.FILES},
    }


def _single(
    schema: Schema, parity: Parity, model: bytes, runtime: Path, back: str
) -> dict[str, bytes]:
    bundle, wasm = (runtime / name for name in webruntime.FILES)
    library = _as_global(bundle.read_text("utf-8"))
    own = re.sub(r"^export ", "", _static("model.js"), flags=re.MULTILINE)
    page = re.sub(r"^import .*\n", "", _static("page.js"), flags=re.MULTILINE)
    code = f"const ort = globalThis.ort;\n{own}\n{page}"
    style = _static("demo.css")
    scripts = " ".join(_hash(one) for one in (library, code))
    policy = POLICY.format(scripts=scripts, styles=_hash(style), connect="'none'")
    parts = [
        ("application/octet-stream", "model", _packed(model)),
        ("application/octet-stream", "wasm", _packed(wasm.read_bytes())),
        ("module", "", library),
        ("module", "", code),
    ]
    waiting = "Loading the model."
    return {
        "index.html": _page(
            schema, parity, policy=policy, waiting=waiting, style=style, parts=parts, back=back
        )
    }


def _page(
    schema: Schema,
    parity: Parity,
    *,
    policy: str,
    waiting: str,
    style: str,
    parts: list[tuple[str, str, str]],
    back: str,
) -> bytes:
    environment = Environment(
        loader=PackageLoader("journeyman.delivery", "static"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
    )
    data = schema.model_dump_json().replace("<", "\\u003c")
    for _, _, text in parts:
        if "</script" in text.lower() or "<!--" in text:
            raise Invalid("A script cannot be put into one file; make the demo of several files.")
    text = environment.get_template("page.html.jinja").render(
        schema=schema,
        parity=parity,
        policy=policy,
        waiting=waiting,
        back=back,
        version=webruntime.VERSION,
        style=Markup(style),  # noqa: S704 - our own file
        data=Markup(data),  # noqa: S704 - no < is left in it
        parts=[(kind, name, Markup(text)) for kind, name, text in parts],  # noqa: S704 - looked at above
    )
    return text.encode()


def _static(name: str) -> str:
    return (resources.files("journeyman.delivery") / "static" / name).read_text("utf-8")


def _as_global(source: str) -> str:
    """A module whose exports become properties of ``globalThis.ort``, for a page in one file."""
    found = _EXPORTS.search(source)
    if found is None:
        raise Invalid("This onnxruntime-web ends otherwise than expected; fetch it anew.")
    pairs = [one.split(" as ") for one in found[1].split(",")]
    names = ",".join(f"{json.dumps(pair[-1].strip())}:{pair[0].strip()}" for pair in pairs)
    return f"{source[: found.start()]}globalThis.ort={{{names}}};\n"


def _packed(data: bytes) -> str:
    return base64.b64encode(gzip.compress(data, 9, mtime=0)).decode()


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _place(out: Path, files: dict[str, bytes]) -> None:
    out = out.absolute()
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as room:
            new = Path(room) / "new"
            for name, data in files.items():
                (new / name).parent.mkdir(parents=True, exist_ok=True)
                (new / name).write_bytes(data)
            if out.exists():
                shutil.move(out, Path(room) / "old")
            new.rename(out)
    except OSError as error:
        raise Invalid(f"{out} cannot be written: {error.strerror}.") from None
