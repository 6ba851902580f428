"""Where a source's file can be downloaded: from the user's own registry settings, else the public.

The public addresses below are the only ones in the program. What pip, npm and apt are
configured to use on this machine goes before them, so a class behind a mirror needs no setting.
"""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from html.parser import HTMLParser
from urllib.parse import quote, urljoin, urlsplit

import httpx

from journeyman.data.catalogue import Source
from journeyman.errors import Unavailable

PYPI = "https://pypi.org/simple"
NPM = "https://registry.npmjs.org"
DEBIAN = "http://deb.debian.org/debian"  # the package's pinned sha256 is what makes it safe
OPENML = "https://www.openml.org/api/v1/json/data"
_SIMPLE = "application/vnd.pypi.simple.v1+json, text/html;q=0.5"
_SECONDS = 20.0


def client() -> httpx.Client:
    """An HTTP client with the proxies of the environment and the certificates that pip uses."""
    certificates = os.environ.get("PIP_CERT") or _pip().get("cert", "")
    trusted = ssl.create_default_context(cafile=certificates or None)
    timeout = httpx.Timeout(30.0, connect=10.0)
    return httpx.Client(follow_redirects=True, timeout=timeout, verify=trusted)


def locate(source: Source, web: httpx.Client) -> str:
    """The address of a source's file.

    Raises:
        Unavailable: the registry cannot be reached or does not have the file.
    """
    if source.kind not in _LOCATE:
        raise Unavailable(f"{source.file} is not in a folder of archives")
    try:
        return _LOCATE[source.kind](source, web)
    except httpx.HTTPStatusError as error:
        raise Unavailable(f"the registry answered {error.response.status_code}") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unavailable(f"it cannot be reached ({_said(error)})") from error
    except (ValueError, KeyError, TypeError) as error:
        raise Unavailable("the registry's answer cannot be read") from error


def pip_index() -> str:
    """The index that pip uses here: its environment, its configuration, else the public one."""
    return (os.environ.get("PIP_INDEX_URL") or _pip().get("index-url") or PYPI).rstrip("/")


def npm_registry() -> str:
    """The registry that npm uses here, else the public one."""
    for name in ("npm_config_registry", "NPM_CONFIG_REGISTRY"):
        if os.environ.get(name):
            return os.environ[name].rstrip("/")
    said = _output("npm", "config", "get", "registry")
    return (said if said.startswith("http") else NPM).rstrip("/")


def _pypi(source: Source, web: httpx.Client) -> str:
    page = f"{pip_index()}/{source.package.lower().replace('_', '-')}/"
    answer = web.get(page, headers={"Accept": _SIMPLE}).raise_for_status()
    if "json" in answer.headers.get("content-type", ""):
        links = {one["filename"]: one["url"] for one in answer.json()["files"]}
    else:
        parser = _Links()
        parser.feed(answer.text)
        links = parser.found
    if source.file not in links:
        raise Unavailable(f"the index has no {source.file}")
    return urljoin(str(answer.url), str(links[source.file])).split("#")[0]


def _npm(source: Source, web: httpx.Client) -> str:
    name = quote(source.package, safe="@")
    answer = web.get(f"{npm_registry()}/{name}/{source.version}").raise_for_status()
    return str(answer.json()["dist"]["tarball"])


def _debian(source: Source, web: httpx.Client) -> str:
    """As apt would fetch it, where apt knows the package; else from the public archive."""
    del web
    wanted = f"{source.package}={source.version}"
    for line in _output("apt-get", "download", "--print-uris", wanted).splitlines():
        address = line.split(" ")[0].strip("'")
        if urlsplit(address).scheme in {"http", "https"}:
            return address
    return f"{DEBIAN}/pool/{source.pool}/{quote(source.file, safe='~+')}"


def _openml(source: Source, web: httpx.Client) -> str:
    answer = web.get(f"{OPENML}/{source.number}").raise_for_status()
    return str(answer.json()["data_set_description"]["parquet_url"])


def _url(source: Source, web: httpx.Client) -> str:
    del web
    return source.address


_LOCATE: Mapping[str, Callable[[Source, httpx.Client], str]] = {
    "pypi": _pypi,
    "npm": _npm,
    "debian": _debian,
    "openml": _openml,
    "url": _url,
}


class _Links(HTMLParser):
    """The files of an index page: text of each link and where it leads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember where the link that begins leads."""
        self._open = (dict(attrs).get("href") or "") if tag == "a" else self._open

    def handle_data(self, data: str) -> None:
        """The link's text is the file's name."""
        if self._open and data.strip():
            self.found[data.strip()] = self._open

    def handle_endtag(self, tag: str) -> None:
        """What follows is no link."""
        self._open = "" if tag == "a" else self._open


@cache
def _pip() -> Mapping[str, str]:
    """Pip's settings from its configuration files, the most special last."""
    found: dict[str, str] = {}
    said = _output(sys.executable, "-m", "pip", "config", "list")
    for line in said.splitlines():
        key, _, value = line.partition("=")
        section, _, name = key.rpartition(".")
        if section in {"global", "install", "download", "user", ":env:"} and name:
            found[name] = value.strip().strip("'\"")
    return found


def _output(*command: str) -> str:
    """What a program prints, or nothing where it is not there or fails."""
    program = shutil.which(command[0])
    if program is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603 - fixed words and names from the catalogue
            [program, *command[1:]], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _said(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
